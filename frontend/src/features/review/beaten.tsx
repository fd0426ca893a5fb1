import { useEffect, useState } from "react";
import { type DecisionDraft, readDecisionDraft, UNTOUCHED, wasTyped, writeDecisionDraft } from "@/state/decision-draft";
import { useDoubts } from "@/state/hooks";
import { inWords } from "@/state/json-schema";
import { lastDecided, type RunView } from "@/state/run";
import { decisionLine, reviewText as words } from "@/strings";
import styles from "./review.module.css";

/**
 * After a decision: forgets the draft if it was this browser's, and otherwise says who was first and hands back what
 * had been typed.
 */
export function Beaten({ view, runId }: { view: RunView; runId: string }) {
  const [lost, setLost] = useState<DecisionDraft>(UNTOUCHED);
  const decided = lastDecided(view);
  const doubts = useDoubts();
  const review = decided?.seq;
  const responseId = decided?.decision?.data.response_id ?? null;
  useEffect(() => {
    if (review === undefined) return;
    const draft = readDecisionDraft(runId, review);
    const mine = draft.responseId !== null && draft.responseId === responseId;
    setLost(mine ? UNTOUCHED : draft);
    if (mine || !wasTyped(draft)) writeDecisionDraft(runId, review, UNTOUCHED);
  }, [runId, review, responseId]);

  const typed = wasTyped(lost);
  const refused = view.refusal?.code === "already_answered";
  if (decided?.decision == null || (!typed && !refused)) return null;
  return (
    <div role="alert" className={styles.beaten}>
      <p>
        <b>{words.beaten}</b> {decisionLine(decided.decision, doubts)}. {typed ? words.beatenRest : null}
      </p>
      {lost.feedback !== "" && <blockquote dir="auto">{lost.feedback}</blockquote>}
      {(lost.note ?? "") !== "" && (
        <blockquote dir="auto">
          {words.beatenNote} {lost.note}
        </blockquote>
      )}
      {Object.entries(lost.values ?? {}).map(([name, raw]) => (
        <blockquote key={name} dir="auto">
          {name === "" ? "" : `${inWords(name)}: `}
          {String(raw)}
        </blockquote>
      ))}
      {Object.entries(lost.edits ?? {}).map(([finding, claim]) => (
        <blockquote key={finding} dir="auto">
          {words.beatenWording} {claim}
        </blockquote>
      ))}
      {lost.unticked.length > 0 && <p>{words.ticks(lost.unticked.length)}</p>}
      {Object.keys(lost.never ?? {}).length > 0 && <p>{words.beatenNever(Object.keys(lost.never ?? {}).length)}</p>}
    </div>
  );
}
