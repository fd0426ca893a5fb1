import { type DecisionKind, leadsTo } from "@/state/decision";
import styles from "./stamp.module.css";

const TONES = { write: "", plan: styles.no, review: styles.other };

/** The one ornament: a decision, with name and time, that stays. */
export function Stamp({ tone, what, who, small }: { tone: DecisionKind; what: string; who: string; small?: string }) {
  return (
    <p className={`${styles.stamp} ${TONES[leadsTo(tone)] ?? ""}`}>
      {what}
      <b>{who}</b>
      {small}
    </p>
  );
}
