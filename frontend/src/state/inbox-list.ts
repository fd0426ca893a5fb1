import type { RunChanges, RunPage, RunState } from "@/protocol";
import { type InboxQuery, matches, shelvesOf } from "./inbox-query";

/** The runs that one query has brought so far. */
export interface InboxList {
  query: InboxQuery;
  /** Also such as have left the filter since: they may come back. */
  runs: ReadonlyMap<string, RunState>;
  /** Erased runs. A page that was asked for before may still name them. */
  gone: ReadonlySet<string>;
  /** For each list of `shelvesOf`, the cursor of its next page; null when there is none. */
  next: readonly (string | null)[];
}

/** The answer to a new query. */
export function listOf(query: InboxQuery, pages: readonly RunPage[], before: InboxList | null = null): InboxList {
  const gone = before?.gone ?? new Set<string>();
  const runs = pages.flatMap((page) => page.runs);
  return { query, runs: withNewer(new Map(), runs, gone), gone, next: pages.map((page) => page.next) };
}

/** A further page, of the shelf with this index. */
export function withPage(list: InboxList, shelf: number, page: RunPage): InboxList {
  return { ...list, runs: withNewer(list.runs, page.runs, list.gone), next: list.next.with(shelf, page.next) };
}

/** What the stream says. */
export function withChanges(list: InboxList, changes: RunChanges): InboxList {
  const gone = new Set([...list.gone, ...changes.gone]);
  const runs = withNewer(list.runs, changes.runs, gone);
  for (const id of changes.gone) runs.delete(id);
  return { ...list, runs, gone };
}

/**
 * The first pages, read once more. Further pages stay; what a page should have and has not is not there any more.
 *
 * @param heard runs that the stream spoke of since these pages were asked for, which know better
 */
export function withFirstPages(list: InboxList, pages: readonly RunPage[], heard: ReadonlySet<string>): InboxList {
  const runs = pages.flatMap((page) => page.runs);
  const named = new Set([...heard, ...runs.map((run) => run.id)]);
  const kept = new Map(list.runs);
  const next = shelvesOf(list.query.show).map((statuses, shelf) => {
    const page = pages[shelf] ?? { runs: [], next: null };
    const known = [...list.runs.values()].filter((run) => statuses.includes(run.status));
    const { torn, oldest } = reachOf(page, list);
    const missing = known.filter((run) => run.created_at >= oldest && !named.has(run.id));
    for (const run of missing) kept.delete(run.id);
    const further = known.some((run) => run.created_at < oldest);
    return torn || !further ? page.next : (list.next[shelf] ?? null);
  });
  return { ...list, runs: withNewer(kept, runs, list.gone), next };
}

/** How far back a first page reaches: of what is not older than `oldest` it has everything. */
function reachOf(page: RunPage, list: InboxList): { torn: boolean; oldest: string } {
  // So many were new that some between this page and what was known were never read: begin again with this page.
  const torn = page.next !== null && !page.runs.some((run) => list.runs.has(run.id));
  return { torn, oldest: page.next === null || torn ? "" : (page.runs.at(-1)?.created_at ?? "") };
}

/** Whether some of what is open was not read, so that nobody can say how many there are. */
export function hasMoreOpen(list: InboxList | null): boolean {
  return list !== null && list.query.show !== "done" && (list.next[0] ?? null) !== null;
}

/** The runs that the query asks for, newest question first. */
export function shownRuns(list: InboxList): RunState[] {
  return [...list.runs.values()]
    .filter((run) => matches(run, list.query))
    .sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
}

function withNewer(
  known: ReadonlyMap<string, RunState>,
  runs: readonly RunState[],
  gone: ReadonlySet<string>,
): Map<string, RunState> {
  const merged = new Map(known);
  for (const run of runs) {
    const before = merged.get(run.id);
    if (!gone.has(run.id) && (before === undefined || !isOlder(run, before))) merged.set(run.id, run);
  }
  return merged;
}

/** Answers and messages overtake each other; a run's own counters tell which of two states is the later. */
function isOlder(run: RunState, than: RunState): boolean {
  if (run.generation !== than.generation) return run.generation < than.generation;
  if (run.last_seq !== than.last_seq) return run.last_seq < than.last_seq;
  return run.updated_at < than.updated_at;
}
