import { type MouseEvent, useState } from "react";
import { flushSync } from "react-dom";
import { useSignature } from "@/components/signature";
import type { Decision } from "@/protocol";
import { noteOf } from "@/state/decision-draft";
import { choicesOf, evidenceIn } from "@/state/findings";
import { useDecisionDraft } from "@/state/hooks";
import { lastDecided, type Review as OpenReview, type RunView, refusalOf } from "@/state/run";
import type { RunSession } from "@/state/session";
import { SUGGESTIONS, reviewText as words } from "@/strings";
import { DecisionBar } from "./decision-bar";
import { Due } from "./due";
import { FeedbackUsed } from "./feedback-used";
import { isFindingLink } from "./finding-link";
import { FindingList } from "./finding-list";
import { GoneList } from "./gone-list";
import styles from "./review.module.css";
import { SoFar } from "./so-far";
import { SourceFilter } from "./source-filter";
import { SourceList } from "./source-list";

export interface ReviewProps {
  session: RunSession;
  view: RunView;
  review: OpenReview;
  runId: string;
}

/** The findings of one round, and the decision about them. */
export function Review({ session, view, review, runId }: ReviewProps) {
  const { findings, sources, round } = review.data;
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const [only, setOnly] = useState<string | null>(null);
  const { sign, dialog } = useSignature();
  const evidence = evidenceIn(findings);
  const kept = evidence.filter((finding) => !draft.dropped.includes(finding.id)).map((finding) => finding.id);
  const keepsNothing = evidence.length > 0 ? kept.length === 0 : choicesOf(findings, draft).keep?.length === 0;

  const decide = (response: Decision): void =>
    sign((by) => {
      const choices = choicesOf(findings, draft);
      const decision = {
        response,
        review: review.seq,
        feedback: draft.feedback.trim(),
        ...choices,
        by,
        ...noteOf(draft),
      };
      change({ ...draft, responseId: session.decide(decision) });
    });
  // What a link leads to must be there before the browser goes to look for it.
  const onClickCapture = (event: MouseEvent): void => {
    if (only !== null && isFindingLink(event.target)) flushSync(() => setOnly(null));
  };

  return (
    <section className={styles.review} aria-label={words.region} onClickCapture={onClickCapture}>
      <div className={styles.findings}>
        <h2 className="label">{words.heading(round, evidence.length, sources.length)}</h2>
        <Due view={view} review={review} />
        <SoFar usage={review.data.usage} />
        <FeedbackUsed used={review.data.feedback_used} notFound={review.data.not_found} findings={findings} />
        {evidence.length === 0 && <p className={styles.nothing}>{words.nothing}</p>}
        <SourceFilter findings={evidence} sources={sources} only={only} onOnly={setOnly} />
        <FindingList
          data={review.data}
          runId={runId}
          dropped={draft.dropped}
          edits={draft.edits}
          only={only}
          onDraft={change}
        />
        <GoneList gone={review.data.gone} />
      </div>
      <SourceList findings={evidence} sources={sources} kept={kept} />
      <DecisionBar
        view={view}
        refusal={refusalOf(view, review)}
        labels={words.buttons(kept.length, evidence.length)}
        placeholder={words.placeholder}
        hint={words.hint}
        suggestions={SUGGESTIONS}
        blocked={keepsNothing ? words.keepOne : null}
        feedback={draft.feedback}
        onFeedback={(feedback) => change({ ...draft, feedback })}
        showNote={draft.showNote === true}
        onShowNote={(showNote) => change({ ...draft, showNote })}
        onDecide={decide}
        guarded={lastDecided(view) !== null}
      />
      {dialog}
    </section>
  );
}
