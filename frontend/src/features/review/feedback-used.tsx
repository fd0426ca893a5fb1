import type { FeedbackUse, Finding } from "@/protocol";
import { reviewText as words } from "@/strings";
import { anchorOf } from "./finding-link";
import styles from "./review.module.css";

/** What became of each point of the feedback, and what else was looked for in vain. */
export function FeedbackUsed({
  used,
  notFound,
  findings,
}: {
  used: FeedbackUse[];
  notFound: string[];
  findings: Finding[];
}) {
  if (used.length === 0 && notFound.length === 0) return null;
  return (
    <section className={styles.used} aria-label={words.used}>
      {used.map((each) => (
        <div key={`${each.round} ${each.feedback} ${each.what_was_done}`}>
          <p dir="auto">
            <b>{each.feedback === "" ? words.bareNo : `“${each.feedback}”`}</b> {each.what_was_done}
          </p>
          <LedTo findings={findings.filter((finding) => each.findings.includes(finding.id))} />
        </div>
      ))}
      {notFound.length > 0 && (
        <div>
          <p>
            <b>{words.notFound}</b>
          </p>
          <ul>
            {notFound.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function LedTo({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <>
      <p className="sr">{words.ledTo}</p>
      <ul className={styles.ledTo}>
        {findings.map((finding) => (
          <li key={finding.id} dir="auto">
            <a href={`#${anchorOf(finding.id)}`}>{finding.claim}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
