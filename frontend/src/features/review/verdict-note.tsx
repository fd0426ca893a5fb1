import type { Verdict } from "@/protocol";
import { sortingText as words } from "@/strings";
import styles from "./finding.module.css";

/** What the check says of a wording, and what follows from it. */
export function VerdictNote({ verdict }: { verdict: Verdict }) {
  if (verdict.supported) return <p className={`${styles.note} ${styles.carried}`}>{words.supported}</p>;
  return (
    <p className={`${styles.note} ${styles.refuted}`} dir="auto">
      <b>{verdict.why === "" ? words.notCarried : verdict.why}</b> {words.unsupported}
    </p>
  );
}
