import type { Report } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./report.module.css";

/** What the check after writing counted. */
export function Figures({ report, rounds }: { report: Report; rounds: number }) {
  const rows: [string, number][] = [
    [words.figures.sentences, report.gate.sentences],
    [words.figures.supported, report.gate.supported],
    [words.figures.removed, report.gate.removed],
    [words.figures.sources, report.sources.length],
    [words.figures.rounds, rounds],
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
