import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { Fold } from "@/components/fold";
import type { Finding } from "@/protocol";
import { otherSentences } from "@/state/findings";
import { sortingText, reviewText as words } from "@/strings";
import styles from "./editor.module.css";
import card from "./finding.module.css";

/** Characters that the protocol allows a claim to have. */
const LONGEST = 2_000;

interface ClaimEditorProps {
  finding: Finding;
  /** As it reads with what was typed. */
  wording: string;
  /** What the check says of it. */
  verdict: ReactNode;
  onReword: (claim: string | null) => void;
  onDone: () => void;
}

/** A field for a claim, what the check says of it, and the other sentences that it could be. */
export function ClaimEditor({ finding, wording, verdict, onReword, onDone }: ClaimEditorProps) {
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
  const take = (claim: string | null): void => {
    onReword(claim);
    onDone();
  };
  const others = otherSentences(finding);
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
      <div role="status">{verdict}</div>
      <p>
        <button type="button" className="btn" onClick={onDone}>
          {words.wordingDone}
        </button>
        {wording !== finding.claim && (
          <button type="button" className="btn quiet" onClick={() => take(null)}>
            {words.wordingReset}
          </button>
        )}
        <small id={`${id}-hint`}>{words.wordingHint}</small>
      </p>
      {others.length > 0 && (
        <Fold label={sortingText.otherSentence}>
          <p className={card.note}>{sortingText.otherSentenceLead}</p>
          <ul className={styles.sentences}>
            {others.map((sentence) => (
              <li key={sentence}>
                <button type="button" dir="auto" onClick={() => take(sentence)}>
                  {sentence}
                </button>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}
