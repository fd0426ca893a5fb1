import type { Values } from "./response-form";
import { readText, writeText } from "./storage";

/** What a person has typed and unticked in a review, and not sent yet. */
export interface DecisionDraft {
  feedback: string;
  /** Whether readers of the report see the feedback, as a note to its writer. */
  showNote?: boolean;
  dropped: string[];
  /** Claims worded anew, by the id of their finding. */
  edits?: Record<string, string>;
  /** The fields of a hosted workflow's own form, by name. */
  values?: Values;
  /** Set when it was sent: the log shows by it whether this decision or another one was taken. */
  responseId: string | null;
}

export const UNTOUCHED: DecisionDraft = { feedback: "", dropped: [], responseId: null };

/** This page's own drafts. Storage is shared with the browser's other tabs, which may be about to decide otherwise. */
const own = new Map<string, DecisionDraft>();

function keyOf(runId: string, review: number): string {
  return `sayso.decision.${runId}.${review}`;
}

export function readDecisionDraft(runId: string, review: number): DecisionDraft {
  const key = keyOf(runId, review);
  const mine = own.get(key);
  if (mine !== undefined) return mine;
  const text = readText(key);
  if (text === null) return UNTOUCHED;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : UNTOUCHED;
  } catch {
    return UNTOUCHED;
  }
}

export function writeDecisionDraft(runId: string, review: number, draft: DecisionDraft): void {
  const key = keyOf(runId, review);
  const untouched = !wasTyped(draft) && draft.responseId === null;
  own.set(key, draft);
  writeText(key, untouched ? null : JSON.stringify(draft));
}

export function wasTyped(draft: DecisionDraft): boolean {
  const fields = { ...draft.values, ...draft.edits };
  return draft.feedback !== "" || draft.dropped.length > 0 || Object.keys(fields).length > 0;
}

/** What a decision says of its note, if anything: a server of before the choice need not know of it. */
export function noteOf({ feedback, showNote }: DecisionDraft): { show_note?: true } {
  return showNote === true && feedback.trim() !== "" ? { show_note: true } : {};
}

function isDraft(value: unknown): value is DecisionDraft {
  return (
    typeof value === "object" &&
    value !== null &&
    "feedback" in value &&
    typeof value.feedback === "string" &&
    "dropped" in value &&
    Array.isArray(value.dropped) &&
    value.dropped.every((id) => typeof id === "string") &&
    (!("values" in value) || areValues(value.values)) &&
    (!("edits" in value) || areTexts(value.edits)) &&
    "responseId" in value &&
    (value.responseId === null || typeof value.responseId === "string")
  );
}

function areValues(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === "string" || typeof each === "boolean");
}

function areTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === "string");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
