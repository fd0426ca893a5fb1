import { Fold } from "@/components/fold";
import type { Report } from "@/protocol";
import { MARK_ORDER, markName, markPromise, marksText as words } from "@/strings";
import { MarkSign } from "./mark-sign";
import styles from "./marks.module.css";
import { letterOf, readingOf } from "./reading";

/** How many units stand how to their quotes, and what each word promises; nothing where the report does not say. */
export function Legend({ report }: { report: Report }) {
  const marks = readingOf(report).units.flatMap(({ mark }) => (mark === null ? [] : [mark as string]));
  const order = [...new Set([...MARK_ORDER, ...marks])].filter((mark) => marks.includes(mark));
  if (order.length === 0) return null;
  const hasLetters = report.sources.some((source) => letterOf(report, source, 0) !== "");
  return (
    <Fold
      className={styles.legend}
      label={words.open}
      beside={order.map((mark) => (
        <span key={mark} className={styles.count}>
          <MarkSign mark={mark} /> {marks.filter((each) => each === mark).length.toLocaleString()} {markName(mark)}
        </span>
      ))}
    >
      <dl className={styles.promises}>
        {order.map((mark) => (
          <div key={mark}>
            <dt>
              <MarkSign mark={mark} /> {markName(mark)}
            </dt>
            <dd>{markPromise(mark)}</dd>
          </div>
        ))}
      </dl>
      {hasLetters && <p className={styles.letters}>{words.letters}</p>}
    </Fold>
  );
}
