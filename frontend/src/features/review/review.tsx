import { useDecisionDraft, useName } from "@/state/hooks";
import { type Review as OpenReview, type RunView, refusalOf } from "@/state/run";
import type { RunSession } from "@/state/session";
import { reviewText as words } from "@/strings";
import { DecisionBar } from "./decision-bar";
import { Due } from "./due";
import { FeedbackUsed } from "./feedback-used";
import { FindingCard } from "./finding-card";
import styles from "./review.module.css";
import { SourceList } from "./source-list";

export interface ReviewProps {
  session: RunSession;
  view: RunView;
  review: OpenReview;
  runId: string;
}

/** The findings of one round, and the decision about them. */
export function Review({ session, view, review, runId }: ReviewProps) {
  const { findings, sources, round, feedback_used, not_found } = review.data;
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const by = useName();
  const kept = findings.filter((finding) => !draft.dropped.includes(finding.id)).map((finding) => finding.id);

  const toggle = (id: string): void => {
    const dropped = draft.dropped.includes(id) ? draft.dropped.filter((each) => each !== id) : [...draft.dropped, id];
    change({ ...draft, dropped });
  };
  const decide = (response: "approve" | "reject"): void => {
    const responseId = session.answer({
      response,
      review: review.seq,
      feedback: draft.feedback.trim(),
      ...(kept.length === findings.length ? {} : { keep: kept }),
      by: by.trim(),
    });
    change({ ...draft, responseId });
  };

  return (
    <section className={styles.review} aria-label={words.region}>
      <div className={styles.findings}>
        <h2 className="label">{words.heading(round, findings.length, sources.length)}</h2>
        <Due view={view} review={review} />
        <FeedbackUsed used={feedback_used} notFound={not_found} />
        {findings.length === 0 && <p className={styles.nothing}>{words.nothing}</p>}
        {findings.map((finding) => (
          <FindingCard
            key={finding.id}
            finding={finding}
            sources={sources}
            kept={kept.includes(finding.id)}
            onToggle={() => toggle(finding.id)}
          />
        ))}
      </div>
      <SourceList findings={findings} sources={sources} kept={kept} />
      <DecisionBar
        view={view}
        refusal={refusalOf(view, review)}
        kept={kept.length}
        all={findings.length}
        feedback={draft.feedback}
        onFeedback={(feedback) => change({ ...draft, feedback })}
        onDecide={decide}
        guarded={round > 1}
      />
    </section>
  );
}
