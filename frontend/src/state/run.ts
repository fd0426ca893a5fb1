import type { Link } from "@/connection/run-connection";
import type { Answer, ErrorCode, FrameOf, Received, Report, ReviewData, RunState } from "@/protocol";

/** A step on the timeline. Counts that tick are one step, not many. */
export interface Step {
  kind: "step";
  seq: number;
  at: string;
  stage: string;
  text: string;
  done: number | null;
  total: number | null;
}

/** A line on the timeline that is not about work: a reminder, a due date that passed. */
export interface Notice {
  kind: "notice";
  seq: number;
  at: string;
  text: string;
}

export interface Decision {
  at: string;
  text: string;
  data: Received;
}

/** A question to the human, and its answer once there is one. */
export interface Review {
  kind: "review";
  seq: number;
  at: string;
  payload: string;
  data: ReviewData;
  decision: Decision | null;
}

export type Entry = Step | Notice | Review;

/** The report while it is being written. */
export interface Draft {
  attempt: number;
  sections: { heading: string; text: string }[];
}

export type Ending =
  | { kind: "report"; at: string; markdown: string; report: Report }
  | { kind: "result"; at: string; markdown: string }
  | { kind: "failed"; at: string; text: string; code: ErrorCode }
  | { kind: "cancelled"; at: string; text: string };

/** What the server said no to. It is not part of the log: a reload forgets it. */
export interface Refusal {
  code: ErrorCode;
  text: string;
  field: string | null;
}

/** Everything that one page knows about one run. */
export interface RunView {
  link: Link;
  run: RunState | null;
  lastSeq: number;
  entries: Entry[];
  draft: Draft | null;
  ending: Ending | null;
  sending: Answer | null;
  cancelling: boolean;
  refusal: Refusal | null;
  /** The run does not exist (any more). */
  missing: Refusal | null;
}

export const EMPTY: RunView = {
  link: "connecting",
  run: null,
  lastSeq: 0,
  entries: [],
  draft: null,
  ending: null,
  sending: null,
  cancelling: false,
  refusal: null,
  missing: null,
};

export function reviewsOf(view: RunView): Review[] {
  return view.entries.filter((entry) => entry.kind === "review");
}

/** The review that waits for an answer; the oldest, when a hosted workflow asks several things at once. */
export function openReview(view: RunView): Review | null {
  if (view.ending !== null) return null;
  return reviewsOf(view).find((review) => review.decision === null) ?? null;
}

export function lastDecided(view: RunView): Review | null {
  return reviewsOf(view).findLast((review) => review.decision !== null) ?? null;
}

export function isReport(data: FrameOf<"final_result">["data"]): data is Report {
  return "sections" in data && "sources" in data;
}
