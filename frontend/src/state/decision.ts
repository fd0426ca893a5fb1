import type { Decision, JsonValue } from "@/protocol";

/** How the page reads a response: as one of the protocol's decisions, or as something else, which it never guesses at. */
export type DecisionKind = Decision | "other";

/** Where a run goes on after a decision: to another round of research, to the text, or where it was. */
const LEADS_TO: Record<Decision, "plan" | "write" | "review"> = { approve: "write", reject: "plan" };

/** In the order of their buttons. */
const DECISIONS = Object.keys(LEADS_TO).filter(isDecision);

export function leadsTo(kind: DecisionKind): "plan" | "write" | "review" {
  return kind === "other" ? "review" : LEADS_TO[kind];
}

export function decisionOf(response: JsonValue): DecisionKind {
  return isDecision(response) ? response : "other";
}

export function isDecision(response: JsonValue): response is Decision {
  return typeof response === "string" && Object.hasOwn(LEADS_TO, response);
}

/** Which decision a person is about to take: whoever has written something down, or kept nothing, sends it back. */
export function primaryOf(feedback: string, keepsNothing = false): Decision {
  return feedback.trim() !== "" || keepsNothing ? "reject" : "approve";
}

/** All decisions; what is most likely wanted stands last, where people look for it. */
export function withLast(primary: Decision): Decision[] {
  return [...DECISIONS.filter((decision) => decision !== primary), primary];
}
