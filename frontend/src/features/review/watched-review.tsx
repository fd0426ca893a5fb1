import type { ReactNode } from "react";
import { LazyMarkdown } from "@/components/lazy-markdown";
import { evidenceIn, quotedFrom } from "@/state/findings";
import type { Review, RunView } from "@/state/run";
import { releaseText, responseText, reviewText as words } from "@/strings";
import { Account } from "./account";
import { Answers } from "./answers";
import { Details } from "./details";
import { Due } from "./due";
import { EarlierFinding } from "./earlier-findings";
import { EvidenceMap } from "./evidence-map";
import { anchorOf } from "./finding-link";
import hosted from "./hosted-review.module.css";
import above from "./lines.module.css";
import styles from "./review.module.css";
import { SourceList } from "./source-list";

/** What an open review asks, for those who may not decide about it: all of it to read, nothing to press. */
export function WatchedReview({
  view,
  review,
  runId,
  children,
}: {
  view: RunView;
  review: Review;
  runId: string;
  /** The text, where it is asked about one. */
  children: ReactNode;
}) {
  const { data } = review;
  if (data.report != null) {
    return (
      <section aria-label={releaseText.region}>
        <Due view={view} review={review} />
        {children}
      </section>
    );
  }
  if (data.kind !== "research_review") {
    return (
      <section className={hosted.review} aria-label={responseText.numbered(1, 1)}>
        <Due view={view} review={review} />
        <LazyMarkdown text={review.payload} />
        <Details details={data.details} shown={review.payload} />
      </section>
    );
  }
  const evidence = evidenceIn(data.findings);
  const quoted = data.sources.filter(({ id }) => quotedFrom(id, evidence).length > 0);
  return (
    <section className={`${styles.review} ${styles.watched}`} aria-label={words.region}>
      <div className={styles.findings}>
        <div className={styles.top}>
          <h2 className="label">{words.heading(data.round, evidence.length, quoted.length)}</h2>
        </div>
        <div className={above.lines}>
          <Due view={view} review={review} />
          <Answers data={data} />
          <Account used={data.feedback_used} notFound={data.not_found} findings={data.findings} />
        </div>
        {data.findings.map((finding) => (
          <div key={finding.id} id={anchorOf(finding.id)}>
            <EarlierFinding finding={finding} review={review} runId={runId} fate="" />
          </div>
        ))}
      </div>
      <div className={styles.side}>
        <EvidenceMap data={data} />
        <SourceList findings={evidence} sources={data.sources} kept={evidence.map(({ id }) => id)} />
      </div>
    </section>
  );
}
