import type { Mark, Report } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./report.module.css";

/** How many units stand how to their quotes; nothing where the report does not say. */
export function Legend({ report }: { report: Report }) {
  const units = [...report.summary, ...report.sections.flatMap((section) => section.sentences)];
  const marks = (Object.keys(words.marks) as Mark[])
    .map((mark) => ({ mark, number: units.filter((unit) => unit.mark === mark).length }))
    .filter(({ number }) => number > 0);
  if (marks.length === 0) return null;
  return (
    <p className={styles.legend}>
      {marks.map(({ mark, number }) => (
        <span key={mark}>
          <span data-mark={mark}>{words.marks[mark]}</span>: {number.toLocaleString()}
        </span>
      ))}
    </p>
  );
}
