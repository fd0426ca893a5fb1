import type { Usage } from "@/protocol";
import { totalsOf } from "@/state/usage";
import { usageText as words } from "@/strings";
import styles from "./review.module.css";

/** What a model was asked until now. */
export function SoFar({ usage }: { usage: Usage | null }) {
  const totals = totalsOf(usage);
  return totals === null ? null : <p className={styles.due}>{words.soFar(words.facts(totals))}</p>;
}
