import { Fold } from "@/components/fold";
import type { Report } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./changed.module.css";
import { readingOf } from "./reading";

/** What the draft said where the text of a quote stands now, and why that was not let through. */
export function Changed({ report }: { report: Report }) {
  const { changed } = report;
  if (changed.length === 0) return null;
  const { units, ids } = readingOf(report);
  return (
    <>
      <h2 id="changed">{words.changed}</h2>
      <Fold className={styles.changed} label={words.showChanged} beside={<span>{words.replaced(changed.length)}</span>}>
        <p>{words.takeBack}</p>
        <ul>
          {changed.map(({ unit: id, text, why }) => {
            const unit = units.find((each) => id !== "" && (each.id === id || ids.get(each) === id));
            return (
              <li key={`${id} ${text}`}>
                <p dir="auto">
                  <small>{words.drafted}</small> <del>{text}</del>
                </p>
                <p dir="auto">
                  <small>{words.instead}</small>{" "}
                  {unit === undefined ? words.elsewhere : <a href={`#${ids.get(unit)}`}>{unit.text}</a>}
                </p>
                <p dir="auto">
                  <small>{words.why}</small> {why}
                </p>
              </li>
            );
          })}
        </ul>
      </Fold>
    </>
  );
}
