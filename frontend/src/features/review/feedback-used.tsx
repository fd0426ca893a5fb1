import type { FeedbackUse } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./review.module.css";

/** What became of the feedback so far, and what was looked for in vain. */
export function FeedbackUsed({ used, notFound }: { used: FeedbackUse[]; notFound: string[] }) {
  if (used.length === 0 && notFound.length === 0) return null;
  return (
    <div className={styles.used}>
      {used.map((each) => (
        <p key={`${each.feedback} ${each.what_was_done}`} dir="auto">
          <b>{each.feedback === "" ? words.bareNo : `“${each.feedback}”`}</b> {each.what_was_done}
        </p>
      ))}
      {notFound.length > 0 && (
        <>
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
        </>
      )}
    </div>
  );
}
