import type { ReactNode } from "react";
import { useSignature } from "@/components/signature";
import type { Decision } from "@/protocol";
import { primaryOf } from "@/state/decision";
import { useDecisionDraft, useWriter } from "@/state/hooks";
import { refusalOf } from "@/state/run";
import { noteSuggestions, releaseText as words } from "@/strings";
import { DecisionBar } from "./decision-bar";
import { DecisionFields } from "./decision-fields";
import { Due } from "./due";
import type { ReviewProps } from "./review";
import styles from "./review.module.css";
import { SoFar } from "./so-far";

/** The finished text, as it would be released, and the decision about it. */
export function ReportReview({ session, view, review, runId, children }: ReviewProps & { children: ReactNode }) {
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const { sign, dialog } = useSignature();
  const writer = useWriter(view);
  const decide = (response: Decision): void =>
    sign((by) => {
      const decision = { response, review: review.seq, feedback: draft.feedback.trim(), by };
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
        primary={primaryOf(draft.feedback)}
        blocked={null}
        asksWhy={draft.feedback.trim() === "" ? words.askWhat : null}
        settling={null}
        onDecide={decide}
        guarded
      >
        <DecisionFields
          feedback={draft.feedback}
          placeholder={words.placeholder}
          onFeedback={(feedback) => change({ ...draft, feedback })}
          note={null}
          showNote={draft.showNote === true}
          onShowNote={(showNote) => change({ ...draft, showNote })}
          suggestions={noteSuggestions(writer)}
          readOnly={view.sending !== null}
        />
      </DecisionBar>
      {dialog}
    </section>
  );
}
