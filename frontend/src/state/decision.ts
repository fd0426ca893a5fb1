import type { Decision, JsonValue } from "@/protocol";

/** How the page reads a response: as one of the protocol's decisions, or as something else, which it never guesses at. */
export type DecisionKind = Decision | "other";

const DECISIONS: Record<Decision, true> = { approve: true, reject: true };

export function decisionOf(response: JsonValue): DecisionKind {
  return isDecision(response) ? response : "other";
}

export function isDecision(response: JsonValue): response is Decision {
  return typeof response === "string" && Object.hasOwn(DECISIONS, response);
}

/** Which decision a person is about to take: whoever has written something down, or kept nothing, sends it back. */
export function primaryOf(feedback: string, keepsNothing = false): Decision {
  return feedback.trim() !== "" || keepsNothing ? "reject" : "approve";
}
