import { type RefObject, useEffect, useRef, useState } from "react";
import type { RunState } from "@/protocol";
import { useNow } from "@/state/hooks";
import { type InboxView, readInbox, readMore } from "@/state/inbox";
import { differenceOf, type Group, type Placement, placementOf } from "@/state/inbox-groups";
import { hasMoreOpen, type InboxList, shownRuns } from "@/state/inbox-list";
import { EVERYTHING, type InboxQuery, sameQuery } from "@/state/inbox-query";
import { GROUPS, inboxText as words } from "@/strings";
import { Finder } from "./finder";
import styles from "./inbox.module.css";
import { More } from "./more";
import { NoRuns } from "./no-runs";
import { useReading } from "./reading";
import { Row } from "./row";

interface Asking {
  query: InboxQuery;
  onQuery: (query: InboxQuery, asStep: boolean) => void;
}

/** Every run, what needs a decision first; it follows what happens, but never under the reader's hand. */
export function Inbox({ view, query, onQuery }: { view: InboxView } & Asking) {
  const { list, unreachable, reading } = view;
  const isNew = list !== null && list.runs.size === 0 && sameQuery(list.query, EVERYTHING);
  const busy = reading && list !== null && !sameQuery(list.query, query);
  const asked = useRef(false);
  const ask: Asking["onQuery"] = (wanted, asStep) => {
    asked.current = true;
    onQuery(wanted, asStep);
  };
  return (
    <div className={styles.inbox}>
      {!(isNew && sameQuery(query, EVERYTHING)) && <Finder query={query} onQuery={ask} />}
      {unreachable && (
        <p className={styles.note}>
          {list === null ? words.unreachable : words.stale}{" "}
          <button type="button" className="link" onClick={() => void readInbox()}>
            {words.retry}
          </button>
        </p>
      )}
      {list === null && !unreachable && <p className={styles.note}>{words.loading}</p>}
      <List list={list} busy={busy} query={query} onQuery={ask} asked={asked} />
    </div>
  );
}

interface Shown extends Asking {
  list: InboxList | null;
  busy: boolean;
  /** Whether anything was searched or chosen here. */
  asked: RefObject<boolean>;
}

function List({ list, busy, query, onQuery, asked }: Shown) {
  const area = useRef<HTMLDivElement>(null);
  const held = useReading(area);
  const clock = useNow(20_000);
  const [released, setReleased] = useState(0);
  const [focusOn, setFocusOn] = useState<readonly string[]>([]);
  const known = useKnown(list);
  // The list is never there when the page is rendered ahead, so this is the reader's clock.
  const now = clock ?? new Date();
  const wanted = list === null ? [] : placementOf(shownRuns(list), now);
  const key = list === null ? "" : `${released} ${list.query.show} ${list.query.q}`;
  const placed = usePlaced(wanted, held, key);
  const { fresh, moved } = differenceOf(placed, wanted);
  const news = newsOf(fresh.length, moved.length);

  useEffect(() => {
    const rows = [...(area.current?.querySelectorAll<HTMLElement>("[data-run]") ?? [])];
    rows.find((row) => focusOn.includes(row.dataset.run ?? ""))?.focus();
  }, [focusOn]);
  /** Shows everything where it belongs, and leads to the first of these. */
  const release = (ids: readonly string[]): void => {
    setReleased((count) => count + 1);
    setFocusOn(ids);
  };
  const more = async (shelf: number): Promise<void> => {
    const ids = await readMore(shelf);
    if (ids.length > 0) release(ids);
  };

  const open = placed.filter(([group]) => isOpen(group));
  const over = placed.filter(([group]) => !isOpen(group));
  const shelves = list === null ? [] : list.query.show === "all" ? [0, 1] : list.query.show === "done" ? [-1, 0] : [0];
  const sections = (groups: Placement) =>
    groups.map(([group, ids]) => (
      <Section key={group} group={group} runs={known(ids)} more={hasMoreOpen(list)} now={now} />
    ));
  return (
    <div ref={area} className={`${styles.list} ${busy ? styles.busy : ""}`} aria-busy={busy}>
      <Spoken list={list} asked={asked} found={wanted.reduce((sum, [, ids]) => sum + ids.length, 0)} news={news} />
      {news !== "" && (
        <div className={styles.news}>
          <button type="button" className="btn primary" onClick={() => release([...fresh, ...moved])}>
            {news}
          </button>
        </div>
      )}
      {list !== null && placed.length === 0 && <NoRuns query={list.query} asked={query} onQuery={onQuery} />}
      {sections(open)}
      <More list={list} shelf={shelves[0] ?? -1} onMore={more} label={over.length > 0 ? words.moreOpen : words.more} />
      {sections(over)}
      <More list={list} shelf={shelves[1] ?? -1} onMore={more} label={words.more} />
    </div>
  );
}

function Section({ group, runs, more, now }: { group: Group; runs: RunState[]; more: boolean; now: Date }) {
  return (
    <section className={styles.group} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`} className={group === "waiting" ? styles.waiting : undefined}>
        {GROUPS[group]}
        {isOpen(group) && <span className={styles.count}>{`${runs.length.toLocaleString()}${more ? "+" : ""}`}</span>}
      </h2>
      <ul>
        {runs.map((run) => (
          <Row key={run.id} run={run} now={now} />
        ))}
      </ul>
    </section>
  );
}

function isOpen(group: Group): boolean {
  return group === "waiting" || group === "running";
}

/** The one voice of the list: how much was found, and that something new is there; never every change. */
function Spoken({ list, asked, found, news }: Pick<Shown, "list" | "asked"> & { found: number; news: string }) {
  const [text, setText] = useState("");
  const before = useRef<InboxQuery | null>(null);
  useEffect(() => {
    if (list === null) return;
    // Who is quick asks before the first list is there.
    const answers = before.current === null ? asked.current : !sameQuery(before.current, list.query);
    before.current = list.query;
    if (answers)
      setText(
        words.results(
          found,
          list.next.some((cursor) => cursor !== null),
          list.query.q,
        ),
      );
  }, [list, asked, found]);
  useEffect(() => {
    if (news !== "") setText(news);
  }, [news]);
  return (
    <p className="sr" role="status">
      {text}
    </p>
  );
}

function newsOf(fresh: number, moved: number): string {
  if (moved > 0) return words.changes(fresh + moved);
  return fresh > 0 ? words.fresh(fresh) : "";
}

/** Where the rows stand: as they should, or, while somebody reads, as they stood. Another `key` begins anew. */
function usePlaced(wanted: Placement, held: boolean, key: string): Placement {
  const last = useRef({ key, placement: wanted });
  if (!held || last.current.key !== key) last.current = { key, placement: wanted };
  return last.current.placement;
}

/** Runs by id, also such as were erased while their row is still shown. */
function useKnown(list: InboxList | null): (ids: readonly string[]) => RunState[] {
  const runs = useRef(new Map<string, RunState>());
  for (const [id, run] of list?.runs ?? []) runs.current.set(id, run);
  return (ids) => ids.flatMap((id) => runs.current.get(id) ?? []);
}
