import { type ReactNode, useEffect, useRef, useState } from "react";
import { Evidence } from "@/components/evidence";
import { statementOf } from "@/components/passage";
import type { Finding } from "@/protocol";
import { saysItsQuote } from "@/state/findings";
import { reviewText as words } from "@/strings";
import { ClaimEditor } from "./claim-editor";
import styles from "./finding.module.css";
import tools from "./tools.module.css";

/** Characters from which on a claim is set in smaller letters on a phone. */
const LONG = 200;
/** Lines of code that stand for a claim; all of it is in the quote. */
const CODE_LINES = 8;

interface ClaimProps {
  /** Of the checkbox that keeps the finding. */
  box: string;
  finding: Finding;
  /** As it reads with what was typed. */
  wording: string;
  kept: boolean;
  /** Whether it cannot be worded anew. */
  fixed: boolean;
  /** Whether the wording says something else than what was found. */
  reworded: boolean;
  verdict: ReactNode;
  menu: ReactNode;
  onReword: (claim: string | null) => void;
}

/** A claim, and a way to word it anew. What is typed is kept at once, in the draft of the decision. */
export function Claim({ box, finding, wording, kept, fixed, reworded, verdict, menu, onReword }: ClaimProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing) {
    return (
      <ClaimEditor
        finding={finding}
        wording={wording}
        verdict={verdict}
        onReword={onReword}
        onDone={() => setEditing(false)}
      />
    );
  }
  const best = finding.quotes[0] === undefined ? null : statementOf(finding.quotes[0]);
  // Its lines are what it says; a claim has none.
  const isCode = best !== null && best.kind === "code" && !reworded && saysItsQuote(finding);
  const shown = wording.trim() === "" ? finding.claim : wording;
  return (
    <>
      <div className={styles.claim}>
        <h3 dir="auto" className={shown.length > LONG ? styles.long : undefined}>
          <label htmlFor={box}>
            {isCode ? <Evidence quote={best} lines={CODE_LINES} /> : kept ? shown : <s>{shown}</s>}
          </label>
        </h3>
        <div className={tools.tools}>
          {kept && !fixed && (
            <button
              ref={button}
              type="button"
              className={tools.reword}
              aria-label={words.rewordLabel(shown)}
              onClick={() => setEditing(true)}
            >
              <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
                <path d="M1.5 10.5v-2L8.3 1.7l2 2L3.5 10.5zM7 3l2 2" strokeWidth="1.1" strokeLinejoin="round" />
              </svg>
              <span>{words.rewordAction}</span>
            </button>
          )}
          {menu}
        </div>
      </div>
      {reworded && (
        <p className={styles.note}>
          <b>{words.rewordedByYou}</b>{" "}
          <button type="button" className="link" onClick={() => onReword(null)}>
            {words.wordingReset}
          </button>
        </p>
      )}
      {reworded && verdict}
      {finding.by_words && <p className={styles.note}>{words.byWords}</p>}
      {finding.mark === "translated" && !reworded && <p className={styles.note}>{words.translated}</p>}
    </>
  );
}
