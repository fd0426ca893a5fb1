import type { DecisionKind } from "@/state/decision";
import styles from "./stamp.module.css";

const TONES: Record<DecisionKind, string | undefined> = { approve: "", reject: styles.no, other: styles.other };

/** The one ornament: a decision, with name and time, that stays. */
export function Stamp({ tone, what, who, small }: { tone: DecisionKind; what: string; who: string; small?: string }) {
  return (
    <p className={`${styles.stamp} ${TONES[tone] ?? ""}`}>
      {what}
      <b>{who}</b>
      {small}
    </p>
  );
}
