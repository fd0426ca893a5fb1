import type { Report } from "@/protocol";
import { type Edit, kindOf, quotesFor, unitsOf, wordingBefore } from "@/state/text-edits";
import { textReviewText as words } from "@/strings";
import styles from "./text.module.css";

interface TextEditsProps {
  report: Report;
  edits: Record<string, Edit>;
  onUndo: (unit: string) => void;
}

/** What will be sent about single units, each with a way to take it back. */
export function TextEdits({ report, edits, onUndo }: TextEditsProps) {
  const units = unitsOf(report).filter(({ id }) => edits[id] !== undefined);
  if (units.length === 0) return null;
  return (
    <ul className={styles.edits} aria-label={words.edits}>
      {units.map((unit) => {
        const edit = edits[unit.id] ?? {};
        const quote = quotesFor(report, unit).find(({ id }) => id === edit.replace);
        const beside = unitsOf(report).find(({ id }) => id === (edit.before ?? edit.after));
        const put =
          edit.comment ?? quote?.text ?? beside?.text ?? (edit.confirm === true ? wordingBefore(report, unit) : null);
        return (
          <li key={unit.id}>
            <b>{words.done[kindOf(edit)]}</b>{" "}
            <a href={`#${unit.id}`} dir="auto">
              {unit.text}
            </a>
            {put != null && <span dir="auto"> → {put}</span>}{" "}
            <button
              type="button"
              className="link"
              aria-label={`${words.undo}: ${unit.text}`}
              onClick={() => onUndo(unit.id)}
            >
              {words.undo}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
