import { type KeyboardEvent, useEffect, useState } from "react";
import type { Refusal, RunView } from "@/state/run";
import { SUGGESTIONS, reviewText as words } from "@/strings";
import { useArmed } from "./armed";
import styles from "./decision.module.css";

export interface DecisionBarProps {
  view: RunView;
  /** What the server said no to about this review. */
  refusal: Refusal | null;
  kept: number;
  all: number;
  feedback: string;
  onFeedback: (feedback: string) => void;
  onDecide: (response: "approve" | "reject") => void;
  /** Whether these buttons stand where those of an earlier round just were. */
  guarded: boolean;
}

/** Approve or reject. Only a button, or Ctrl+Enter in the field, decides; no single key does. */
export function DecisionBar({ view, refusal, kept, all, feedback, onFeedback, onDecide, guarded }: DecisionBarProps) {
  const [complaint, setComplaint] = useState<string | null>(null);
  const shortcut = useShortcut();
  const armed = useArmed(guarded);
  const sending = view.sending !== null;
  const busy = sending || !armed;
  const canApprove = kept > 0 || all === 0;

  const decide = (response: "approve" | "reject"): void => {
    if (busy) return;
    if (response === "approve" && !canApprove) {
      setComplaint(words.keepOne);
      return;
    }
    setComplaint(null);
    onDecide(response);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    decide("approve");
  };
  const suggest = (text: string): void => {
    onFeedback(feedback.trim() === "" ? text : `${feedback.trimEnd()}\n${text}`);
    document.getElementById("feedback")?.focus();
  };

  return (
    <div className={styles.bar} data-decision-bar>
      <div className={styles.inner}>
        <div className={styles.field}>
          <fieldset className={styles.chips}>
            <legend className="sr">{words.suggestions}</legend>
            {SUGGESTIONS.map((text) => (
              <button key={text} type="button" className="chip" disabled={sending} onClick={() => suggest(text)}>
                {text}
              </button>
            ))}
          </fieldset>
          <textarea
            id="feedback"
            aria-label={words.feedback}
            aria-describedby="decision-note"
            placeholder={words.placeholder}
            rows={1}
            dir="auto"
            value={feedback}
            readOnly={sending}
            onChange={(event) => onFeedback(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className={styles.actions} data-guarded={armed ? undefined : true}>
          <button type="button" className="btn no" aria-disabled={busy} onClick={() => decide("reject")}>
            {view.sending?.response === "reject" ? words.rejecting : words.reject}
          </button>
          <button
            type="button"
            className="btn primary"
            aria-disabled={busy || !canApprove}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onClick={() => decide("approve")}
          >
            {view.sending?.response === "approve" ? words.approving : words.approve(kept, all)}
            {!sending && shortcut !== "" && <Shortcut keys={shortcut} />}
          </button>
        </div>
        <p id="decision-note" role="alert" className={`alert ${styles.note} ${sending ? styles.calm : ""}`}>
          {noteOf(view, refusal, canApprove ? null : complaint)}
        </p>
      </div>
    </div>
  );
}

function noteOf(view: RunView, refusal: Refusal | null, complaint: string | null): string | null {
  if (view.sending !== null && view.link === "reconnecting") return words.retrying;
  if (refusal !== null) return `${words.refused} ${refusal.text}`;
  return complaint;
}

/** Read out by aria-keyshortcuts already, and no part of the button's name. */
function Shortcut({ keys }: { keys: string }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys}
    </span>
  );
}

/** How this keyboard writes the shortcut. Known only in the browser. */
function useShortcut(): string {
  const [label, setLabel] = useState("");
  useEffect(() => setLabel(/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ ↵" : "Ctrl ↵"), []);
  return label;
}
