import type { Gone } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./review.module.css";

/** What earlier rounds found and this one does not show any more. */
export function GoneList({ gone }: { gone: Gone[] }) {
  if (gone.length === 0) return null;
  return (
    <details className={styles.gone}>
      <summary>{words.gone(gone.length)}</summary>
      <ul>
        {gone.map((each) => (
          <li key={each.id} dir="auto">
            {each.claim}
            <small>
              {words.goneWhy[each.why]}
              {each.reason === "" ? "" : ` (${each.reason})`}, {words.goneRound(each.round)}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
