import type { Decision, JsonValue } from "@/protocol";
import type { DecisionKind } from "@/state/decision";
import type { DecisionEntry, Refusal } from "@/state/run";

const NO_NAME = "no name given";
const NOT_VERIFIED = "name not verified";

/** What a decision is called once it is taken, and while it is sent. */
export const DECISION_WORDS: Record<Decision, { taken: string; sending: string }> = {
  approve: { taken: "Approved", sending: "Approving…" },
  reject: { taken: "Rejected", sending: "Sending back…" },
};
const ANSWERED = "Answered";

/** Whether somebody gave a name. Servers of 0.1.0 wrote "someone" where a script had left it out. */
export function isNamed(by: string): boolean {
  return !["", "someone", NO_NAME].includes(by);
}

/** A name as it was recorded; older servers do not say whether its owner had signed in. */
export interface Signed {
  by: string;
  verified?: boolean | null;
}

/**
 * Who did something, for a place of its own: "Ada", "Ada (name not verified)". Every name that was typed or recorded
 * is shown by this.
 *
 * @param doubts Whether to say so where nobody verified it: wherever others could have taken it for theirs.
 */
export function nameOf({ by, verified }: Signed, doubts: boolean): string {
  if (!isNamed(by)) return NO_NAME;
  return doubts && verified === false ? `${by} (${NOT_VERIFIED})` : by;
}

/** "Approved by Ada", "Approved, no name given". */
export function withName(what: string, signed: Signed, doubts: boolean): string {
  return isNamed(signed.by) ? `${what} by ${nameOf(signed, doubts)}` : `${what}, ${NO_NAME}`;
}

/** A decision in a line, after its name. What only its workflow knows is in the server's words. */
export function decisionLine({ kind, text, data }: DecisionEntry, doubts: boolean): string {
  const isOther = kind === "other" && isNamed(data.by);
  // The server's words may say it already.
  if (isOther && (!doubts || data.verified !== false || text.endsWith(`(${NOT_VERIFIED})`))) return text;
  if (isOther) return `${text} (${NOT_VERIFIED})`;
  return withName(kind === "other" ? ANSWERED : DECISION_WORDS[kind].taken, data, doubts);
}

export function cancelLine(signed: Signed, doubts: boolean): string {
  return withName("Cancelled", signed, doubts);
}

/** What a decision of any workflow was, on a stamp: a word that the page does not know stands there itself. */
export function decisionWord(kind: DecisionKind, response: JsonValue): string {
  if (kind !== "other") return DECISION_WORDS[kind].taken;
  return typeof response === "string" && /^[\p{L}\p{N}_-]{1,24}$/u.test(response) ? `“${response}”` : ANSWERED;
}

/** Why something was not done. */
export function refusalText(refusal: Pick<Refusal, "code" | "text">): string {
  return refusal.code === "undelivered"
    ? "The server broke off each time. What you wrote is kept: try again later, or reload the page."
    : refusal.text;
}

export const signatureText = {
  title: "In whose name?",
  why: "The report names who decided. This browser remembers it.",
  name: "Your name",
  needed: "Write your name, or go on without one.",
  sign: "Go on",
  without: "Without a name",
  back: "Back",
};
