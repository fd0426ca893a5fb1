import { createStore } from "zustand/vanilla";
import { readRuns } from "@/connection/http";
import { assertNever, type RunState } from "@/protocol";

export interface InboxView {
  /** Null until the first answer. */
  runs: RunState[] | null;
  /** Cursor of the next older page. */
  next: string | null;
  unreachable: boolean;
}

export const inbox = createStore<InboxView>(() => ({ runs: null, next: null, unreachable: false }));

const POLL_MS = 3_000;

/** Keeps the list fresh while somebody looks at it. Returns a function that stops. */
export function watchInbox(): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refresh = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    if (document.visibilityState === "visible") await readNewest(abort.signal);
    if (!abort.signal.aborted) timer = setTimeout(refresh, POLL_MS);
  };
  const onVisible = (): void => {
    if (document.visibilityState === "visible") void refresh();
  };
  document.addEventListener("visibilitychange", onVisible);
  window.addEventListener("focus", onVisible);
  void refresh();
  return () => {
    abort.abort();
    if (timer !== null) clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
    window.removeEventListener("focus", onVisible);
  };
}

/** What waits for a decision may be older than the newest page, so it is asked for by itself. */
async function readNewest(signal: AbortSignal): Promise<void> {
  try {
    const [waiting, newest] = await Promise.all([
      readRuns({ status: "waiting", limit: 50 }, signal),
      readRuns({ limit: 30 }, signal),
    ]);
    if (signal.aborted) return;
    inbox.setState((view) => {
      const fresh = [...newest.runs, ...waiting.runs];
      const oldest = newest.runs.at(-1)?.created_at ?? "";
      // Older pages that were loaded stay; a waiting run that is in neither list is not waiting any more.
      const kept = (view.runs ?? []).filter((run) => run.created_at < oldest && run.status !== "waiting");
      return { runs: newestFirst([...kept, ...fresh]), next: view.next ?? newest.next, unreachable: false };
    });
  } catch {
    if (!signal.aborted) inbox.setState({ unreachable: true });
  }
}

export async function readOlder(): Promise<void> {
  const { next } = inbox.getState();
  if (next === null || next === END) return;
  try {
    const page = await readRuns({ cursor: next, limit: 30 }, new AbortController().signal);
    inbox.setState((view) => ({ runs: newestFirst([...(view.runs ?? []), ...page.runs]), next: page.next ?? END }));
  } catch {
    inbox.setState({ unreachable: true });
  }
}

/** A cursor that was followed to its end, so that the next poll does not bring back an earlier one. */
const END = "";

function newestFirst(runs: RunState[]): RunState[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return [...byId.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
}

export type Group = "waiting" | "running" | "today" | "yesterday" | "week" | "earlier";

/** What needs a decision first, then what runs, then what is over, by day. */
export function groupsOf(runs: RunState[], now: Date): [Group, RunState[]][] {
  const groups = new Map<Group, RunState[]>(
    (["waiting", "running", "today", "yesterday", "week", "earlier"] as const).map((group) => [group, []]),
  );
  for (const run of runs) groups.get(groupOf(run, now))?.push(run);
  return [...groups].filter(([, members]) => members.length > 0);
}

function groupOf(run: RunState, now: Date): Group {
  switch (run.status) {
    case "waiting":
      return "waiting";
    case "running":
      return "running";
    case "completed":
    case "failed":
    case "cancelled":
      return dayOf(new Date(run.updated_at), now);
    default:
      return assertNever(run.status);
  }
}

function dayOf(at: Date, now: Date): Group {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.ceil((midnight.getTime() - at.getTime()) / 86_400_000);
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  return days <= 7 ? "week" : "earlier";
}
