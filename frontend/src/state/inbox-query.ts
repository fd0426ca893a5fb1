import type { RunState, Status } from "@/protocol";
import { hindranceOf, me } from "./me";

/** What the inbox shows, as its address says it: `/?show=waiting&q=vacuum`. */
export const SHOWS = ["all", "mine", "waiting", "running", "done"] as const;
export type Show = (typeof SHOWS)[number];

export interface InboxQuery {
  show: Show;
  q: string;
}

export const EVERYTHING: InboxQuery = { show: "all", q: "" };

/** What the server searches for at most, in characters. */
export const LONGEST_SEARCH = 200;

const OVER: readonly Status[] = ["completed", "failed", "cancelled"];

/** The lists that a filter is read as, one after the other: what is open may be older than the newest page. */
const SHELVES: Record<Show, readonly (readonly Status[])[]> = {
  all: [["waiting", "running"], OVER],
  mine: [["waiting"]],
  waiting: [["waiting"]],
  running: [["running"]],
  done: [OVER],
};

export function shelvesOf(show: Show): readonly (readonly Status[])[] {
  return SHELVES[show];
}

export function queryOf(search: string): InboxQuery {
  const parameters = new URLSearchParams(search);
  const named = parameters.get("show");
  const q = (parameters.get("q") ?? "").trim().slice(0, LONGEST_SEARCH);
  return { show: SHOWS.find((show) => show === named) ?? "all", q };
}

/** The query part of the address for `query`; what else `search` has stays. */
export function searchOf(query: InboxQuery, search: string): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value, usual] of [
    ["show", query.show, EVERYTHING.show],
    ["q", query.q, EVERYTHING.q],
  ] as const) {
    if (value === usual) parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** Whether a run belongs to what is shown, by the server's own rule: the text anywhere in question or asker. */
export function matches(run: RunState, query: InboxQuery): boolean {
  if (!shelvesOf(query.show).some((statuses) => statuses.includes(run.status))) return false;
  if (query.show === "mine" && hindranceOf(run, me.getState().me) !== null) return false;
  const sought = query.q.toLowerCase();
  return sought === "" || run.question.toLowerCase().includes(sought) || run.by.toLowerCase().includes(sought);
}

export function sameQuery(one: InboxQuery, other: InboxQuery): boolean {
  return one.show === other.show && one.q === other.q;
}
