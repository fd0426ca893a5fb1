import type { Link } from "@/connection/run-connection";
import type {
  ErrorCode,
  FrameOf,
  JsonValue,
  RecordedDecision,
  Report,
  ReviewData,
  RunState,
  SentDecision,
} from "@/protocol";
import type { DecisionKind } from "./decision";

/** A document that was read; `uri` is that of `Source`. */
export interface ReadDocument {
  uri: string;
  title: string;
}

/** A step on the timeline. Counts that tick are one step, not many. */
export interface Step {
  kind: "step";
  seq: number;
  at: string;
  stage: string;
  text: string;
  done: number | null;
  total: number | null;
  /** What was read in it; logs of earlier versions do not say. */
  read: ReadDocument[];
  /** Whether it says that a source could not be searched. */
  failed: boolean;
}

/** A reminder that a review is due, or that its due date has passed. */
export interface Notice {
  kind: "notice";
  seq: number;
  at: string;
  review: number;
  dueAt: string;
  past: boolean;
  whatHappens: string;
}

/** What was decided on a review. */
export interface DecisionEntry {
  seq: number;
  at: string;
  /** In the server's words. */
  text: string;
  kind: DecisionKind;
  data: RecordedDecision;
}

/** A question to the human, and what was decided once it was. */
export interface Review {
  kind: "review";
  seq: number;
  at: string;
  payload: string;
  data: ReviewData;
  decision: DecisionEntry | null;
}

export type Entry = Step | Notice | Review;

/** The text while it is being written. */
export interface TextDraft {
  attempt: number;
  sections: { heading: string; text: string }[];
}

export type Ending =
  | { kind: "report"; at: string; markdown: string; report: Report }
  | { kind: "result"; at: string; markdown: string; result: JsonValue }
  | { kind: "failed"; at: string; text: string; code: ErrorCode; step: string }
  | { kind: "cancelled"; at: string; by: string; verified: boolean | null };

/** What the server said no to, or could not be told. It is not part of the log: a reload forgets it. */
export interface Refusal {
  /** `undelivered`: the server broke off whenever it was told, so it is not told again. */
  code: ErrorCode | "undelivered";
  /** In the server's words; empty when it has said nothing. */
  text: string;
  field: string | null;
  /** The review that it was decided on; null when it was about something else. */
  review: number | null;
}

/** Everything that one page knows about one run. */
export interface RunView {
  link: Link;
  run: RunState | null;
  lastSeq: number;
  entries: Entry[];
  draft: TextDraft | null;
  ending: Ending | null;
  sending: SentDecision | null;
  cancelling: boolean;
  refusal: Refusal | null;
  /** The run does not exist, or does not any more. */
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

/** `data.kind` of the review of a finished text; a review of findings is a `research_review`. */
export const REPORT_REVIEW = "report_review";

export function reviewsOf(view: RunView): Review[] {
  return view.entries.filter((entry) => entry.kind === "review");
}

/** The reviews that wait for a decision, oldest first: a hosted workflow may ask several things at once. */
export function openReviews(view: RunView): Review[] {
  return view.ending !== null ? [] : reviewsOf(view).filter((review) => review.decision === null);
}

export function openReview(view: RunView): Review | null {
  return openReviews(view)[0] ?? null;
}

/** The review whose decision is the latest in the log. */
export function lastDecided(view: RunView): Review | null {
  const decided = reviewsOf(view).filter((review) => review.decision !== null);
  return decided.sort((one, other) => (other.decision?.seq ?? 0) - (one.decision?.seq ?? 0))[0] ?? null;
}

/** The approval that the report is written from: the latest of findings, whatever was said of a text since. */
export function evidenceApproval(view: RunView): Review | null {
  const decided = reviewsOf(view).filter((review) => review.data.kind !== REPORT_REVIEW);
  return decided.findLast((review) => review.decision?.kind === "approve") ?? null;
}

/** The report that this page shows: finished, or waiting to be approved. */
export function shownReport(view: RunView): Report | null {
  if (view.ending?.kind === "report") return view.ending.report;
  return openReview(view)?.data.report ?? null;
}

/** Whose report this run revises; its title is known once the run has said something of it. */
export function parentOf(view: RunView): { runId: string; title: string | null } | null {
  const revises = view.run?.options.revises;
  const told = view.ending?.kind === "report" ? view.ending.report.parent : null;
  const parent = told ?? reviewsOf(view).findLast((review) => review.data.parent !== null)?.data.parent ?? null;
  if (parent !== null) return { runId: parent.run_id, title: parent.title };
  return typeof revises === "string" && revises !== "" ? { runId: revises, title: null } : null;
}

/** What was said no to about this review; what was about no review in particular goes to the first that is open. */
export function refusalOf(view: RunView, review: Review): Refusal | null {
  const about = view.refusal?.review ?? openReview(view)?.seq;
  return view.sending === null && about === review.seq ? view.refusal : null;
}

/** The latest reminder of a review, or that it is past due. */
export function noticeOf(view: RunView, review: Review): Notice | null {
  const notices = view.entries.filter((entry) => entry.kind === "notice");
  return notices.findLast((notice) => notice.review === review.seq) ?? null;
}

/** Whether this is a run of the report workflow; the page knows its stages and rounds, and nobody else's. */
export function isReportRun(run: Pick<RunState, "workflow"> | null): boolean {
  return run === null || run.workflow === "report";
}

export function isReport(data: FrameOf<"final_result">["data"]): data is Report {
  return "sections" in data && "sources" in data;
}
