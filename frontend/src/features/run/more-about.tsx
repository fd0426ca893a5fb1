import type { ReactNode } from "react";
import type { ReadDocument, Review } from "@/state/run";
import { reportText, reviewText, runText as words } from "@/strings";
import styles from "./timeline.module.css";

/** What a round of research did about the feedback, and what got in its way, for whoever wants to know. */
export function MoreAbout({ review }: { review: Review }) {
  const { feedback_used: used, not_found: notFound } = review.data;
  const gaps = review.data.findings.filter((finding) => finding.kind === "gap");
  if (used.length + notFound.length + gaps.length === 0) return null;
  return (
    <Details summary={words.details}>
      <Lines title={reviewText.used} lines={used.map((each) => each.what_was_done)} />
      <Lines title={reviewText.notFound} lines={notFound} />
      <Lines title={reviewText.gaps(gaps.length)} lines={gaps.map((gap) => gap.claim)} />
    </Details>
  );
}

/** What the sources were asked. */
export function Searched({ queries }: { queries: string[] }) {
  if (queries.length === 0) return null;
  return (
    <Details summary={reportText.searched(queries.length)}>
      <Lines lines={queries} />
    </Details>
  );
}

/** Which documents were read, those first that are quoted. */
export function Read({ documents, quoted }: { documents: ReadDocument[]; quoted: Set<string> }) {
  if (documents.length === 0) return null;
  const [used, others] = [true, false].map((is) => documents.filter(({ uri }) => quoted.has(uri) === is).map(named));
  return (
    <Details summary={words.documentsRead}>
      <Lines title={words.quoted} lines={used ?? []} />
      <Lines title={words.notQuoted} lines={others ?? []} />
    </Details>
  );
}

function named({ title, uri }: ReadDocument): string {
  return title === "" ? uri : `${title} (${uri})`;
}

function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.details}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function Lines({ title, lines }: { title?: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      {title !== undefined && <p>{title}</p>}
      <ul>
        {[...new Set(lines)].map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}
