import type { ReactNode } from "react";
import { useSignature } from "@/components/signature";
import type { Decision } from "@/protocol";
import { noteOf } from "@/state/decision-draft";
import { useDecisionDraft } from "@/state/hooks";
import { refusalOf } from "@/state/run";
import { releaseText as words } from "@/strings";
import { DecisionBar } from "./decision-bar";
import { Due } from "./due";
import type { ReviewProps } from "./review";
import styles from "./review.module.css";
import { SoFar } from "./so-far";

/** The finished text, as it would be released, and the decision about it. */
export function ReportReview({ session, view, review, runId, children }: ReviewProps & { children: ReactNode }) {
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const { sign, dialog } = useSignature();
  const decide = (response: Decision): void =>
    sign((by) => {
      const decision = { response, review: review.seq, feedback: draft.feedback.trim(), by, ...noteOf(draft) };
      change({ ...draft, responseId: session.decide(decision) });
    });
  return (
    <section className={styles.release} aria-label={words.region}>
      <p className={styles.band}>{words.band}</p>
      <Due view={view} review={review} />
      <SoFar usage={review.data.usage} />
      {children}
      <DecisionBar
        view={view}
        refusal={refusalOf(view, review)}
        labels={words.buttons}
        placeholder={words.placeholder}
        suggestions={words.suggestions}
        blocked={null}
        asksWhy={words.askWhat}
        feedback={draft.feedback}
        onFeedback={(feedback) => change({ ...draft, feedback })}
        showNote={draft.showNote === true}
        onShowNote={(showNote) => change({ ...draft, showNote })}
        onDecide={decide}
        guarded
      />
      {dialog}
    </section>
  );
}
