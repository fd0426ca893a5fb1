import type { Decision, JsonValue } from "@/protocol";
import type { DecisionKind } from "@/state/decision";
import type { DecisionEntry, Refusal } from "@/state/run";

const NO_NAME = "no name given";

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

/** Who did something, for a place of its own. */
export function nameOf(by: string): string {
  return isNamed(by) ? by : NO_NAME;
}

/** "Approved by Ada", "Approved, no name given". */
export function withName(what: string, by: string): string {
  return isNamed(by) ? `${what} by ${by}` : `${what}, ${nameOf(by)}`;
}

/** A decision in a line, after its name. What only its workflow knows is in the server's words. */
export function decisionLine({ kind, text, data }: DecisionEntry): string {
  if (kind === "other" && isNamed(data.by)) return text;
  return withName(kind === "other" ? ANSWERED : DECISION_WORDS[kind].taken, data.by);
}

export function cancelLine(by: string): string {
  return withName("Cancelled", by);
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
