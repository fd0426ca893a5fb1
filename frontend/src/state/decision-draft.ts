import type { UnitEdit } from "@/protocol";
import type { Values } from "./response-form";
import { readText, writeText } from "./storage";
import type { Move } from "./wishes";

/** A passage of a document that is to be a finding of its own; offsets as the protocol counts them. */
interface AddedPassage {
  source: string;
  start: number;
  end: number;
  text: string;
}

/** What a person has typed and sorted in a review, and not sent yet. */
export interface DecisionDraft {
  /** What to search for, and what to leave out. */
  feedback: string;
  /** A wish for the writer. */
  note?: string;
  /** Whether readers of the report see what the writer was asked. */
  showNote?: boolean;
  /** Findings that were unticked. */
  unticked: string[];
  /** Findings that are never to be shown again, and why, or "". */
  never?: Record<string, string>;
  /** Findings that were set aside and are to come back. */
  back?: string[];
  /** Whether a rejection keeps what stands ticked, although nothing was touched. */
  keepsAll?: boolean;
  /** Findings whose card was in view. */
  seen?: string[];
  /** Claims worded anew, by the id of their finding. */
  edits?: Record<string, string>;
  /** What was made of what the feedback was read as, by the key of its item. */
  moves?: Record<string, Move>;
  added?: AddedPassage[];
  /** What to do with a text, by unit. */
  text?: Record<string, Omit<UnitEdit, "unit">>;
  /** The fields of a hosted workflow's own form, by name. */
  values?: Values;
  /** Set when it was sent: the log shows by it whether this decision or another one was taken. */
  responseId: string | null;
}

export const UNTOUCHED: DecisionDraft = { feedback: "", unticked: [], responseId: null };

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
    // Pages of 0.1.0 called what was unticked "dropped".
    const named = isObject(value) && "dropped" in value ? { ...value, unticked: value.dropped } : value;
    return isDraft(named) ? named : UNTOUCHED;
  } catch {
    return UNTOUCHED;
  }
}

export function writeDecisionDraft(runId: string, review: number, draft: DecisionDraft): void {
  const key = keyOf(runId, review);
  const untouched = !wasTyped(draft) && (draft.seen ?? []).length === 0 && draft.responseId === null;
  own.set(key, draft);
  writeText(key, untouched ? null : JSON.stringify(draft));
}

/** Whether there is anything in it that somebody would miss. */
export function wasTyped({ feedback, note = "", ...draft }: DecisionDraft): boolean {
  const lists = [...draft.unticked, ...(draft.back ?? []), ...(draft.added ?? [])];
  const fields = { ...draft.values, ...draft.edits, ...draft.never, ...draft.text };
  return feedback !== "" || note !== "" || lists.length > 0 || Object.keys(fields).length > 0;
}

type Test = (value: unknown) => boolean;

const FIELDS: Record<keyof DecisionDraft, Test> = {
  feedback: isText,
  note: optional(isText),
  showNote: optional(isFlag),
  unticked: listOf(isText),
  never: optional(mapOf(isText)),
  back: optional(listOf(isText)),
  keepsAll: optional(isFlag),
  seen: optional(listOf(isText)),
  edits: optional(mapOf(isText)),
  moves: optional(mapOf((move) => isObject(move) && "to" in move && "value" in move && isText(move.value))),
  added: optional(listOf((each) => isObject(each) && "source" in each && "start" in each && "text" in each)),
  text: optional(mapOf(isObject)),
  values: optional(mapOf((value) => isText(value) || isFlag(value))),
  responseId: (value) => value === null || isText(value),
};

function isDraft(value: unknown): value is DecisionDraft {
  if (!isObject(value)) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(FIELDS).every(([name, test]) => test(fields[name]));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function optional(test: Test): Test {
  return (value) => value === undefined || test(value);
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

function mapOf(test: Test): Test {
  return (value) => isObject(value) && Object.values(value).every(test);
}
