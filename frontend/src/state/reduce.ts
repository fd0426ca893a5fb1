import type { Link } from "@/connection/run-connection";
import { assertNever, type FrameOf, type JsonValue, type SentDecision, type ServerFrame } from "@/protocol";
import { complete } from "./complete";
import { decisionOf } from "./decision";
import {
  EMPTY,
  type Ending,
  type Entry,
  isReport,
  type ReadDocument,
  type Refusal,
  type RunView,
  type Step,
  type TextDraft,
} from "./run";

export type Action =
  | { kind: "frame"; frame: ServerFrame }
  | { kind: "link"; link: Link }
  | { kind: "deciding"; decision: SentDecision }
  | { kind: "cancelling" }
  | { kind: "undelivered" };

/** The next view of a run. Pure: the same frames give the same view, however often and in whatever pieces they came. */
export function reduce(view: RunView, action: Action): RunView {
  switch (action.kind) {
    case "frame":
      return reduceFrame(view, action.frame);
    case "link":
      return view.link === action.link ? view : { ...view, link: action.link };
    case "deciding":
      return { ...view, sending: action.decision, refusal: null };
    case "cancelling":
      return { ...view, cancelling: true, refusal: null };
    case "undelivered":
      return refused(view, { code: "undelivered", text: "", field: null });
    default:
      return assertNever(action);
  }
}

function reduceFrame(before: RunView, frame: ServerFrame): RunView {
  if (frame.seq != null && frame.seq <= before.lastSeq) return before;
  const view = frame.seq == null ? before : { ...before, lastSeq: frame.seq };
  switch (frame.type) {
    case "run":
      return reduceRun(view, frame);
    case "progress":
      return { ...view, entries: withStep(view.entries, stepOf(frame)) };
    case "input_required":
      return { ...view, entries: [...view.entries, reviewOf(frame)] };
    case "input_received":
      return reduceDecision(view, frame);
    case "draft":
      return { ...view, draft: withPiece(view.draft, frame) };
    case "reminder":
    case "input_expired":
      return { ...view, entries: [...view.entries, noticeOf(frame)] };
    case "final_result":
      return ended(view, endingOf(frame));
    case "cancelled":
      return ended(view, { kind: "cancelled", at: frame.at, by: frame.data.by, verified: frame.data.verified });
    case "error":
      return reduceError(view, frame);
    default:
      return assertNever(frame);
  }
}

function reduceRun(view: RunView, frame: FrameOf<"run">): RunView {
  const reread = view.run !== null && view.run.generation !== frame.data.generation;
  const base = reread ? { ...EMPTY, link: view.link, sending: view.sending, cancelling: view.cancelling } : view;
  return { ...base, run: complete("RunState", frame.data), missing: null };
}

function stepOf(frame: FrameOf<"progress">): Step {
  const { stage, done, total, details } = frame.data;
  const read = readIn(details);
  const failed = typeof details?.failed === "string";
  return { kind: "step", seq: frame.seq ?? 0, at: frame.at, stage, text: frame.payload, done, total, read, failed };
}

/** The documents that a step says it has read; another workflow may mean something else by that word. */
function readIn(details: Record<string, JsonValue> | undefined): ReadDocument[] {
  const read = details?.read;
  return Array.isArray(read) ? read.flatMap((each) => (isDocument(each) ? [each] : [])) : [];
}

function isDocument(value: JsonValue): value is ReadDocument {
  if (typeof value !== "object" || value === null || !("uri" in value && "title" in value)) return false;
  return typeof value.uri === "string" && typeof value.title === "string";
}

/** Adds a step, or moves the count of one that is still ticking; sources that are asked side by side tick in turn. */
function withStep(entries: Entry[], step: Step): Entry[] {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.kind !== "step" || entry.stage !== step.stage) break;
    if (ticks(entry, step)) return entries.with(index, { ...step, seq: entry.seq });
  }
  return [...entries, step];
}

function ticks(before: Step, after: Step): boolean {
  const counted = before.done !== null && after.done !== null && before.total === after.total;
  return counted && withoutNumbers(before.text) === withoutNumbers(after.text);
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, "#");
}

function reviewOf(frame: FrameOf<"input_required">): Entry {
  return {
    kind: "review",
    seq: frame.seq ?? 0,
    at: frame.at,
    payload: frame.payload,
    data: complete("ReviewData", frame.data),
    decision: null,
  };
}

function noticeOf(frame: FrameOf<"reminder"> | FrameOf<"input_expired">): Entry {
  const { review, due_at: dueAt, what_happens: whatHappens } = frame.data;
  const past = frame.type === "input_expired";
  return { kind: "notice", seq: frame.seq ?? 0, at: frame.at, review, dueAt, past, whatHappens };
}

function reduceDecision(view: RunView, frame: FrameOf<"input_received">): RunView {
  const data = complete("RecordedDecision", frame.data);
  const kind = decisionOf(data.response);
  const decision = { seq: frame.seq ?? 0, at: frame.at, text: frame.payload, kind, data };
  const mine = view.sending !== null && view.sending.review === frame.data.review;
  const beaten = mine && view.sending?.response_id !== frame.data.response_id;
  return {
    ...view,
    entries: view.entries.map((entry) =>
      entry.kind === "review" && entry.seq === frame.data.review ? { ...entry, decision } : entry,
    ),
    sending: mine ? null : view.sending,
    refusal: beaten ? beatenBy(frame) : stillRefused(view.refusal, frame.data.review),
    draft: null,
  };
}

/** That a decision was refused is no news any more once somebody has decided; only that one came too late stays. */
function stillRefused(refusal: Refusal | null, decided: number): Refusal | null {
  return refusal?.review === decided && refusal.code !== "already_answered" ? null : refusal;
}

function beatenBy(frame: FrameOf<"input_received">): Refusal {
  return { code: "already_answered", text: frame.payload, field: null, review: frame.data.review };
}

function withPiece(draft: TextDraft | null, frame: FrameOf<"draft">): TextDraft | null {
  const { attempt, section } = frame.data;
  if (draft !== null && attempt < draft.attempt) return draft;
  const sections = draft !== null && attempt === draft.attempt ? draft.sections : [];
  const last = sections.at(-1);
  if (last === undefined || last.heading !== section) {
    return { attempt, sections: [...sections, { heading: section, text: frame.payload }] };
  }
  return { attempt, sections: [...sections.slice(0, -1), { heading: section, text: last.text + frame.payload }] };
}

function endingOf(frame: FrameOf<"final_result">): Ending {
  if (isReport(frame.data)) {
    return { kind: "report", at: frame.at, markdown: frame.payload, report: complete("Report", frame.data) };
  }
  return { kind: "result", at: frame.at, markdown: frame.payload, result: frame.data.result };
}

function ended(view: RunView, ending: Ending): RunView {
  return { ...view, ending, draft: null, sending: null, cancelling: false };
}

function reduceError(view: RunView, frame: FrameOf<"error">): RunView {
  const { code, field } = frame.data;
  const refusal = { code, text: frame.payload, field };
  if (code === "run_not_found" || code === "run_deleted") return { ...view, missing: { ...refusal, review: null } };
  if (frame.seq != null) {
    const { step } = frame.data.details;
    const at = typeof step === "string" ? step : "";
    return ended(view, { kind: "failed", at: frame.at, text: frame.payload, code, step: at });
  }
  return refused(view, refusal);
}

function refused(view: RunView, refusal: Omit<Refusal, "review">): RunView {
  const review = view.sending?.review ?? null;
  return { ...view, sending: null, cancelling: false, refusal: { ...refusal, review } };
}
