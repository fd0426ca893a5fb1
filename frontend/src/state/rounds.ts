import { leadsTo } from "./decision";
import { type Entry, REPORT_REVIEW, type Review } from "./run";

/** The entries of one round of research; `review` is what it led to. */
export interface Round {
  number: number;
  entries: Entry[];
  review: Review | null;
  /** Whether its findings were rejected and work went on. */
  over: boolean;
}

/** The log as rounds: a rejection ends one, and what comes after it belongs to the next. */
export function roundsOf(entries: Entry[]): Round[] {
  const rounds: Round[] = [{ number: 1, entries: [], review: null, over: false }];
  for (const entry of entries) {
    const last = rounds.at(-1);
    if (last === undefined) break;
    const kind = last.review?.decision?.kind;
    const rejected = kind !== undefined && leadsTo(kind) === "plan";
    const current = rejected ? { number: last.number + 1, entries: [], review: null, over: false } : last;
    if (rejected) {
      last.over = true;
      rounds.push(current);
    }
    current.entries.push(entry);
    // A text that is sent back is written again from the same evidence: no round of research.
    if (entry.kind === "review" && entry.data.kind !== REPORT_REVIEW) {
      current.review = entry;
      current.number = Math.max(entry.data.round, current.number);
    }
  }
  return rounds;
}

export function currentRound(entries: Entry[]): number {
  return roundsOf(entries).at(-1)?.number ?? 1;
}
