import type { Decision, ReviewData } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";
import { countEvidence } from "./findings";
import { noteOf, sortingOf } from "./sorting";
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
  const isUnread = wishes === undefined && draft.feedback.trim() !== "";
  return {
    kept: countEvidence(keep) + (draft.added ?? []).length,
    aside: countEvidence(aside),
    never: countEvidence(Object.keys(drop)),
    search: rejects ? (wishes?.search ?? []) : [],
    leaveOut: wishes?.leaveOut ?? [],
    limits: rejects && wishes?.limits != null,
    note: noteOf(draft, decision, wishes) !== "",
    asTyped: rejects && isUnread,
    unsure: rejects && wishes !== undefined && wishes.feedback !== "" ? wishes.feedback.split("\n").length : 0,
    notSearched: !rejects && ((wishes?.search ?? []).length > 0 || wishes?.limits != null),
  };
}
