import { type ReactNode, useEffect, useState } from "react";
import { reviewText as words } from "@/strings";
import styles from "./decision.module.css";

interface DecisionFieldsProps {
  /** What to search for or leave out; of a text, what should change. */
  feedback: string;
  placeholder: string;
  onFeedback: (feedback: string) => void;
  /** What the writer is to heed; null where the other field is for that. */
  note: string | null;
  onNote?: (note: string) => void;
  /** Whether readers of the report are to see what the writer was asked. */
  showNote: boolean;
  onShowNote: (show: boolean) => void;
  /** Wishes that this run's writer can honour. */
  suggestions: string[];
  readOnly: boolean;
  /** What stands below the fields. */
  children?: ReactNode;
}

/** A field for the research, and one for the writer: nobody has to guess which of the two reads what is typed. */
export function DecisionFields(props: DecisionFieldsProps) {
  const { feedback, onFeedback, note, onNote, suggestions, readOnly } = props;
  const [opened, setOpened] = useState(false);
  const shown = opened || (note ?? "") !== "";
  const forWriter = note === null ? { text: feedback, change: onFeedback } : { text: note, change: onNote };
  return (
    <>
      <div className={styles.pair}>
        <div className={styles.field}>
          {note !== null && <label htmlFor="feedback">{words.feedback}</label>}
          <textarea
            id="feedback"
            aria-label={note === null ? words.feedback : undefined}
            aria-describedby="decision-keys decision-note"
            placeholder={props.placeholder}
            rows={1}
            dir="auto"
            value={feedback}
            readOnly={readOnly}
            onChange={(event) => onFeedback(event.target.value)}
          />
        </div>
        {note !== null && (
          <div className={styles.field} data-opened={shown ? true : undefined}>
            <label htmlFor="note">{words.note}</label>
            <button type="button" className={styles.opener} aria-expanded={shown} onClick={() => setOpened(!shown)}>
              {words.note}
            </button>
            <textarea
              id="note"
              aria-describedby="decision-keys"
              placeholder={words.notePlaceholder}
              rows={1}
              dir="auto"
              value={note}
              readOnly={readOnly}
              onChange={(event) => onNote?.(event.target.value)}
            />
            <Suggestions texts={suggestions} disabled={readOnly} {...forWriter} />
          </div>
        )}
      </div>
      {note === null && <Suggestions texts={suggestions} disabled={readOnly} {...forWriter} />}
      {forWriter.text.trim() !== "" && (
        <label className={styles.showNote}>
          <input
            type="checkbox"
            checked={props.showNote}
            disabled={readOnly}
            onChange={(event) => props.onShowNote(event.target.checked)}
          />
          {words.showNote}
        </label>
      )}
      {props.children}
      <Keys />
    </>
  );
}

interface SuggestionsProps {
  texts: string[];
  disabled: boolean;
  text: string;
  change?: ((text: string) => void) | undefined;
}

function Suggestions({ texts, disabled, text, change }: SuggestionsProps) {
  if (texts.length === 0) return null;
  const suggest = (suggested: string): void => {
    change?.(text.trim() === "" ? suggested : `${text.trimEnd()}\n${suggested}`);
  };
  return (
    <fieldset className={styles.chips}>
      <legend className="sr">{words.suggestions}</legend>
      {texts.map((each) => (
        <button key={each} type="button" className="chip" disabled={disabled} onClick={() => suggest(each)}>
          {each}
        </button>
      ))}
    </fieldset>
  );
}

/** How this keyboard leads to the buttons. Known only in the browser. */
function Keys() {
  const [keys, setKeys] = useState("");
  useEffect(() => setKeys(/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ ↵" : "Ctrl ↵"), []);
  return (
    <span id="decision-keys" className="sr">
      {keys !== "" && words.keys(keys)}
    </span>
  );
}
