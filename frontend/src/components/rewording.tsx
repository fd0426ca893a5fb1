import type { Rewording as Reworded } from "@/protocol";
import { useDoubts } from "@/state/hooks";
import { evidenceText as words } from "@/strings";
import styles from "./source.module.css";

/** Who worded a claim anew, and, unfolded, how it read before. */
export function Rewording({ reworded }: { reworded: Reworded }) {
  return (
    <details className={styles.copies}>
      <summary>
        {words.reworded(reworded, useDoubts())}, {words.was} …
      </summary>
      <p className={styles.was} dir="auto">
        {reworded.was}
      </p>
    </details>
  );
}
