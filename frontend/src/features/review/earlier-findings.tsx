import { useState } from "react";
import { clockMoment } from "@/components/clock";
import type { Finding } from "@/protocol";
import { evidenceIn, saysItsQuote } from "@/state/findings";
import { useDoubts } from "@/state/hooks";
import { type DecisionEntry, REPORT_REVIEW, type Review, type RunView, reviewsOf } from "@/state/run";
import { decisionLine, sortingText, reviewText as words } from "@/strings";
import styles from "./earlier.module.css";
import card from "./finding.module.css";
import { Quotes } from "./quotes";

/** The findings of reviews that are over, latest first: to be read, not to be changed. */
export function EarlierFindings({ view, runId }: { view: RunView; runId: string }) {
  const over = reviewsOf(view).filter(
    ({ data, decision }) =>
      data.kind !== REPORT_REVIEW && data.findings.length > 0 && (decision !== null || view.ending !== null),
  );
  if (over.length === 0) return null;
  return (
    <section className={styles.earlier} aria-label={words.earlierRegion}>
      {over.reverse().map((review) => (
        <Earlier key={review.seq} review={review} runId={runId} />
      ))}
    </section>
  );
}

function Earlier({ review, runId }: { review: Review; runId: string }) {
  const [open, setOpen] = useState(false);
  const { data, decision } = review;
  const findings = evidenceIn(data.findings);
  const doubts = useDoubts();
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.earlier(data.round, findings.length)}{" "}
        <small>
          {decision === null ? words.unanswered : `${decisionLine(decision, doubts)}, ${clockMoment(decision.at)}`}
        </small>
      </summary>
      {open &&
        findings.map((finding) => (
          <EarlierFinding
            key={finding.id}
            finding={finding}
            review={review}
            runId={runId}
            fate={fateOf(finding, decision)}
          />
        ))}
    </details>
  );
}

/** A finding to read, with nothing that decides about it. */
export function EarlierFinding({
  finding,
  review,
  runId,
  fate,
}: {
  finding: Finding;
  review: Review;
  runId: string;
  /** What became of it in words; empty where it was kept. */
  fate: string;
}) {
  const claim = review.decision?.data.edits?.[finding.id] ?? finding.claim;
  const dropped = fate !== "";
  return (
    <article className={`${card.body} ${styles.read} ${dropped ? card.dropped : ""}`}>
      <h3 dir="auto">{dropped ? <s>{claim}</s> : claim}</h3>
      {dropped && <p className={card.note}>{fate}</p>}
      <Quotes
        finding={finding}
        sources={review.data.sources}
        runId={runId}
        said={saysItsQuote(finding) && claim === finding.claim}
      />
    </article>
  );
}

function fateOf({ id }: Finding, decision: DecisionEntry | null): string {
  if (decision === null) return "";
  const { keep, drop } = decision.data;
  const reason = drop?.[id];
  if (reason !== undefined) return sortingText.neverShown(reason);
  if (keep === null || keep.includes(id)) return "";
  return drop === null ? words.notKept : sortingText.isAside;
}
