import type { Finding } from "@/protocol";
import { matchWord } from "@/state/findings";
import { evidenceText as words } from "@/strings";
import styles from "./finding.module.css";

const BARS = 4;

/** How strongly a finding stands, in words; the bars beside them say nothing that the words do not. */
export function Strength({ finding }: { finding: Finding }) {
  const { strength, agreeing } = finding;
  const match = matchWord(finding);
  const facts = [...(agreeing > 1 ? [words.agreeing(agreeing)] : []), ...(match === null ? [] : [words.match[match]])];
  if (facts.length === 0) return null;
  return (
    <span className={styles.strength}>
      {strength !== null && <Meter filled={Math.max(1, Math.round(strength * BARS))} />}
      {facts.join(", ")}
    </span>
  );
}

function Meter({ filled }: { filled: number }) {
  return (
    <svg width="19" height="10" viewBox="0 0 19 10" aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name
          key={index}
          className={index < filled ? styles.full : styles.empty}
          x={index * 5}
          y={6 - index * 2}
          width="3.5"
          height={4 + index * 2}
          rx="0.75"
        />
      ))}
    </svg>
  );
}
