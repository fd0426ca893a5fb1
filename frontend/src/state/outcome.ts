import type { Decision, ReviewData } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";
import { countEvidence } from "./findings";
import { sortingOf } from "./sorting";
import type { Wishes } from "./wishes";

/** What a decision will do, in figures and in the words that will be sent. */
export interface Outcome {
  kept: number;
  aside: number;
  never: number;
  search: string[];
  leaveOut: string[];
  limits: boolean;
  note: boolean;
  /** Whether prose is sent that nobody has read yet. */
  asTyped: boolean;
  unsure: number;
  /** Whether something is to be searched for, which this decision does not do. */
  notSearched: boolean;
}

export function outcomeOf(
  data: Pick<ReviewData, "findings" | "aside">,
  draft: DecisionDraft,
  decision: Decision,
  wishes: Wishes | undefined,
): Outcome {
  const { keep, aside, drop } = sortingOf(data, draft, decision, wishes);
  const rejects = decision === "reject";
  return {
    kept: countEvidence(keep) + (draft.added ?? []).length,
    aside: countEvidence(aside),
    never: countEvidence(Object.keys(drop)),
    search: rejects ? (wishes?.search ?? []) : [],
    leaveOut: wishes?.leaveOut ?? [],
    limits: rejects && wishes?.limits != null,
    note: (draft.note ?? "").trim() !== "" || (wishes?.notes ?? []).length > 0,
    asTyped: rejects && wishes === undefined && draft.feedback.trim() !== "",
    unsure: rejects && wishes !== undefined && wishes.feedback !== "" ? wishes.feedback.split("\n").length : 0,
    notSearched: !rejects && ((wishes?.search ?? []).length > 0 || wishes?.limits != null),
  };
}
