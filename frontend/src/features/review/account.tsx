import { useState } from "react";
import type { FeedbackUse, Finding } from "@/protocol";
import { accountText, fieldHint, reviewText as words } from "@/strings";
import styles from "./account.module.css";
import { anchorOf } from "./finding-link";

const SIGNS: Record<FeedbackUse["status"], string> = {
  done: "M2 6.5 5 9.5 10.5 3",
  found_nothing: "M2.5 6.2h7.5",
  not_possible: "m3 3 6.5 6.5M9.5 3 3 9.5",
  not_understood: "M4 4.2a2.2 2.2 0 1 1 3 2c-.6.3-.8.7-.8 1.4M6.2 10v.2",
};

/** What became of each point of the feedback, and what else was looked for in vain. */
export function Account({
  used,
  notFound,
  findings,
}: {
  used: FeedbackUse[];
  notFound: string[];
  findings: Finding[];
}) {
  const [full, setFull] = useState(false);
  if (used.length === 0 && notFound.length === 0) return null;
  return (
    <section className={styles.account} aria-label={words.used}>
      <ul>
        {used.map((each) => (
          <Point
            key={`${each.round} ${each.feedback} ${each.what_was_done}`}
            point={each}
            findings={findings.filter((finding) => each.findings.includes(finding.id))}
            full={full}
          />
        ))}
      </ul>
      {used.length > 0 && (
        <button type="button" className="link" aria-expanded={full} onClick={() => setFull(!full)}>
          {full ? words.inShort : words.inFull}
        </button>
      )}
      {notFound.length > 0 && (
        <details>
          <summary>{words.notFound}</summary>
          <ul>
            {notFound.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** In one line; how it was done is there for whoever asks. */
function Point({ point, findings, full }: { point: FeedbackUse; findings: Finding[]; full: boolean }) {
  const { status, feedback, field } = point;
  const hint = status === "not_understood" ? fieldHint(field) : "";
  return (
    <li className={styles[status]}>
      <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
        <path d={SIGNS[status]} strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <p dir="auto">
        <b>{feedback === "" ? words.bareNo : `“${feedback}”`}</b> <span>{accountText[status]}.</span>
        {(full || status === "not_possible") && ` ${point.what_was_done}`}
        {findings.length > 0 && (
          <>
            {" "}
            {words.ledTo}{" "}
            {findings.map((finding, index) => (
              <span key={finding.id}>
                {index > 0 && ", "}
                <a
                  href={`#${anchorOf(finding.id)}`}
                  title={finding.claim}
                  aria-label={`${finding.id}: ${finding.claim}`}
                >
                  {finding.id}
                </a>
              </span>
            ))}
          </>
        )}
        {hint !== "" && <em> {hint}</em>}
      </p>
    </li>
  );
}
