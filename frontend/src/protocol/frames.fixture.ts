import type { Finding, FrameOf, JsonValue, Report, ReviewData, RunState, ServerFrame, Source } from ".";
import { AT, report } from "./report.fixture";

export { NO_USAGE, report, unit, usage } from "./report.fixture";

/** Frames for tests, each with only what matters to the test spelled out. */
const base = { run_id: "r1", at: AT };

export function run(data: Partial<RunState> = {}): FrameOf<"run"> {
  const state: RunState = {
    id: "r1",
    question: "Why?",
    workflow: "report",
    status: "running",
    by: "Ada",
    options: {},
    created_at: base.at,
    updated_at: base.at,
    last_seq: 0,
    generation: 1,
    open_reviews: [],
    retry_of: null,
    brief: {
      stage: "",
      round: 0,
      findings: 0,
      sources: 0,
      new: 0,
      sentences: 0,
      supported: 0,
      approved_by: "",
      approved_verified: null,
      due_at: null,
    },
    verified: false,
    asked_of: [],
    four_eyes: false,
    claim: null,
    ...data,
  };
  return { ...base, type: "run", payload: state.question, seq: null, data: state };
}

export function progress(seq: number, payload: string, stage: string, done?: number, total?: number): ServerFrame {
  const data = { stage, done: done ?? null, total: total ?? null, round: 1, details: {} };
  return { ...base, type: "progress", payload, seq, data };
}

export function finding(id: string, claim: string, text = `${claim} And more.`, source = "s1"): Finding {
  return {
    id,
    kind: "evidence",
    claim,
    topic: "",
    state: "new",
    round: 1,
    strength: 0.5,
    agreeing: 1,
    match: 0.5,
    quotes: [
      {
        text,
        source,
        kind: "sentence",
        marked: [0, claim.length],
        place: { heading: "Part", page: null, offset: 0, lead: null },
      },
    ],
    reworded: null,
    by_words: false,
    near: false,
    mark: null,
  };
}

/** What was searched for without finding good evidence. */
export function gap(id: string, claim: string): Finding {
  return { ...finding(id, claim), kind: "gap", strength: null, agreeing: 0, match: null, quotes: [] };
}

export function source(id: string, title: string, data: Partial<Source> = {}): Source {
  const origin = { authors: [], version: null, publisher: null, retrieved_at: null };
  const bare = { date: null, superseded: false, copies: [], origin };
  return { id, kind: "library", title, uri: `${title.toLowerCase()}.html`, ...bare, ...data };
}

export function review(seq: number, data: Partial<ReviewData> = {}): FrameOf<"input_required"> {
  return {
    ...base,
    type: "input_required",
    payload: "# Findings",
    seq,
    data: {
      kind: "research_review",
      round: 1,
      question: "Why?",
      findings: [finding("f1", "One."), finding("f2", "Two."), finding("f3", "Three.")],
      sources: [source("s1", "Guide")],
      gone: [],
      aside: [],
      parts: [],
      left_out: [],
      limits: null,
      version: 0,
      changes: [],
      conflicts: [],
      feedback_used: [],
      not_found: [],
      report: null,
      usage: null,
      parent: null,
      response_schema: { type: "string", enum: ["approve", "yes", "reject", "no"] },
      due_at: null,
      details: {},
      ...data,
    },
  };
}

/** The question of a hosted workflow. */
export function asked(seq: number, payload: string, data: Partial<ReviewData> = {}): FrameOf<"input_required"> {
  const frame = review(seq, { kind: "review", findings: [], sources: [], response_schema: {}, ...data });
  return { ...frame, payload };
}

export function reminder(seq: number, of: number, dueAt: string): ServerFrame {
  const data = { review: of, due_at: dueAt, what_happens: "The run goes on waiting." };
  return { ...base, type: "reminder", payload: `A decision is due ${dueAt}`, seq, data };
}

export function expired(seq: number, of: number, dueAt: string): ServerFrame {
  const data = { review: of, due_at: dueAt, what_happens: "The run goes on waiting." };
  return { ...base, type: "input_expired", payload: `Nobody decided by ${dueAt}`, seq, data };
}

/** What no client of 0.1.0 says. */
const UNSAID = {
  show_note: false,
  drop: null,
  search: [],
  leave_out: [],
  limits: null,
  note: "",
  add: [],
  text: [],
  read: null,
};
export function received(seq: number, of: number, response: JsonValue, responseId: string | null = null): ServerFrame {
  const verb = { approve: "Approved", reject: "Rejected" }[String(response)] ?? "Answered";
  return {
    ...base,
    type: "input_received",
    payload: `${verb} by Ada`,
    seq,
    data: {
      ...{ review: of, response, feedback: "", keep: null, edits: {}, ...UNSAID },
      ...{ by: "Ada", verified: false, response_id: responseId },
    },
  };
}

export function draft(seq: number, payload: string, section = "Part", attempt = 1): ServerFrame {
  return { ...base, type: "draft", payload, seq, data: { section, attempt, index: seq } };
}

export function result(seq: number, data: Partial<Report> = {}): FrameOf<"final_result"> {
  return { ...base, type: "final_result", payload: "# Because", seq, data: report(data) };
}

/** The finished text, to be approved before it is released. */
export function reportReview(seq: number, data: Partial<Report> = {}): FrameOf<"input_required"> {
  const frame = review(seq, { kind: "report_review", findings: [], sources: [], report: report(data) });
  return { ...frame, payload: "# Because" };
}

/** The result of a hosted workflow. */
export function other(seq: number, payload: string, value: JsonValue): FrameOf<"final_result"> {
  return { ...base, type: "final_result", payload, seq, data: { result: value as Record<string, unknown> } };
}

export function failure(
  seq: number | null,
  code: FrameOf<"error">["data"]["code"],
  payload: string,
  field: string | null = null,
): ServerFrame {
  return { ...base, type: "error", payload, seq, data: { code, field, details: {} } };
}
