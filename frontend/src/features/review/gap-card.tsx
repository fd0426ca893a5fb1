import { useId } from "react";
import type { Finding } from "@/protocol";
import { reviewText as words } from "@/strings";
import card from "./finding.module.css";
import { anchorOf } from "./finding-link";
import styles from "./gap.module.css";

/** What was searched for in vain, and whether the report says so. */
export function GapCard({ finding, kept, onToggle }: { finding: Finding; kept: boolean; onToggle: () => void }) {
  const id = useId();
  return (
    <article id={anchorOf(finding.id)} tabIndex={-1} className={styles.gap}>
      <h4 id={id} dir="auto">
        <span>{words.gap}</span> {whatIsMissing(finding)}
      </h4>
      <label>
        <input
          className={`${card.box} ${styles.box}`}
          type="checkbox"
          checked={kept}
          onChange={onToggle}
          aria-describedby={id}
        />
        {kept ? words.gapKeep : words.gapDropped}
      </label>
    </article>
  );
}

/** What was searched for; the claim says besides that it was not found, which stands there already. */
function whatIsMissing({ topic, claim }: Finding): string {
  return topic === "" ? claim.replace(/^not found:\s*/i, "") : topic;
}
