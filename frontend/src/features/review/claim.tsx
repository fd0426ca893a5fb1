import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { reviewText as words } from "@/strings";
import styles from "./finding.module.css";

/** Characters that the protocol allows a claim to have. */
const LONGEST = 2_000;

interface ClaimProps {
  /** Of the checkbox that keeps the finding. */
  box: string;
  /** As it was found. */
  found: string;
  /** As it reads with what was typed. */
  wording: string;
  kept: boolean;
  /** Whether the wording says something else than what was found. */
  reworded: boolean;
  onReword: (claim: string | null) => void;
}

/** A claim, and a way to word it anew. What is typed is kept at once, in the draft of the decision. */
export function Claim({ box, found, wording, kept, reworded, onReword }: ClaimProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing) return <Editor found={found} wording={wording} onReword={onReword} onDone={() => setEditing(false)} />;
  const shown = wording.trim() === "" ? found : wording;
  return (
    <>
      <div className={styles.claim}>
        <h3 dir="auto">
          <label htmlFor={box}>{kept ? shown : <s>{shown}</s>}</label>
        </h3>
        {kept && (
          <button
            ref={button}
            type="button"
            className={styles.reword}
            aria-label={words.rewordLabel(shown)}
            onClick={() => setEditing(true)}
          >
            <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
              <path d="M1.5 10.5v-2L8.3 1.7l2 2L3.5 10.5zM7 3l2 2" strokeWidth="1.1" strokeLinejoin="round" />
            </svg>
            <span>{words.rewordAction}</span>
          </button>
        )}
      </div>
      {reworded && (
        <p className={styles.note}>
          <b>{words.rewordedByYou}</b>{" "}
          <button type="button" className="link" onClick={() => onReword(null)}>
            {words.wordingReset}
          </button>
        </p>
      )}
    </>
  );
}

function Editor({
  found,
  wording,
  onReword,
  onDone,
}: Pick<ClaimProps, "found" | "wording" | "onReword"> & { onDone: () => void }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const before = useRef(wording);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      onReword(before.current);
      onDone();
    }
    // A claim is one line; Ctrl+Enter belongs to the decision and is not for here.
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onDone();
    }
  };
  const reset = (): void => {
    onReword(null);
    onDone();
  };
  return (
    <div className={styles.editor}>
      <textarea
        ref={field}
        aria-label={words.wording}
        aria-describedby={`${id}-hint`}
        rows={2}
        maxLength={LONGEST}
        dir="auto"
        value={wording}
        onChange={(event) => onReword(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p>
        <button type="button" className="btn" onClick={onDone}>
          {words.wordingDone}
        </button>
        {wording !== found && (
          <button type="button" className="btn quiet" onClick={reset}>
            {words.wordingReset}
          </button>
        )}
        <small id={`${id}-hint`}>{words.wordingHint}</small>
      </p>
    </div>
  );
}
