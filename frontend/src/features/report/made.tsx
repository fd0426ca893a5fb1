import type { Report } from "@/protocol";
import { totalsOf } from "@/state/usage";
import { reportNote, usageText, reportText as words } from "@/strings";
import styles from "./report.module.css";

/** What the check after writing found, and what the report cost. */
export function Made({ report }: { report: Report }) {
  const { gate } = report;
  const totals = totalsOf(report.usage);
  const note = reportNote(report);
  const rows: [string, string | number][] = [
    ...some(words.facts.sentences, gate.sentences),
    ...(gate.sentences === 0 ? [] : [[words.facts.supported, gate.supported] as [string, number]]),
    ...some(words.facts.removed, gate.removed),
    ...some(words.facts.citationsRemoved, gate.citations_removed),
    ...some(words.facts.quotes, gate.quotes),
    ...some(words.facts.quotesRemoved, gate.quotes_removed),
    ...some(words.facts.judged, gate.judged),
    ...(gate.judged_by === null || gate.judged === 0
      ? []
      : [[words.facts.judge, words.judge(gate.judged_by, gate.judge)] as [string, string]]),
    [words.facts.rounds, report.rounds],
    [words.facts.writer, words.writerOf(report.writer, report.model)],
    ...(report.record === null
      ? []
      : [[words.facts.record, words.recordHead(report.record.links, report.record.head)] as [string, string]]),
    ...(totals === null ? [] : [[words.facts.usage, usageText.facts(totals)] as [string, string]]),
  ];
  return (
    <>
      <h2 id="made">{words.made}</h2>
      <dl className={styles.made}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === "number" ? value.toLocaleString() : value}</dd>
          </div>
        ))}
      </dl>
      {report.searched.length > 0 && (
        <details className={styles.aside}>
          <summary>{words.searched(report.searched.length)}</summary>
          <ul>
            {report.searched.map((query) => (
              <li key={query} dir="auto">
                {query}
              </li>
            ))}
          </ul>
        </details>
      )}
      {note !== "" && <p className={styles.note}>{note}</p>}
    </>
  );
}

/** A figure that is nothing to speak of is left out. */
function some(name: string, figure: number): [string, number][] {
  return figure === 0 ? [] : [[name, figure]];
}
