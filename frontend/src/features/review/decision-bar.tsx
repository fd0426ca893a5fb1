import { type KeyboardEvent, useEffect, useState } from "react";
import type { Refusal, RunView } from "@/state/run";
import { reviewText as words } from "@/strings";
import { useArmed } from "./armed";
import styles from "./decision.module.css";

export type Decision = "approve" | "reject";

export interface DecisionBarProps {
  view: RunView;
  /** What the server said no to about this review. */
  refusal: Refusal | null;
  /** What the buttons say. */
  approve: string;
  reject: string;
  placeholder: string;
  /** What the text of the field is for. */
  hint?: string;
  suggestions: string[];
  /** Why it cannot be approved as it stands. */
  blocked: string | null;
  /** Whether a rejection has to say what is wrong, at least at first. */
  asksWhy?: string;
  feedback: string;
  onFeedback: (feedback: string) => void;
  onDecide: (response: Decision) => void;
  /** Whether these buttons stand where others just were. */
  guarded: boolean;
}

/** Approve or reject. Only a button, or Ctrl+Enter in the field, decides; no single key does. */
export function DecisionBar(props: DecisionBarProps) {
  const { view, refusal, feedback, onFeedback } = props;
  const [complaint, setComplaint] = useState<Decision | null>(null);
  const shortcut = useShortcut();
  const armed = useArmed(props.guarded);
  const sending = view.sending !== null;
  const busy = sending || !armed;

  const objectionTo = (response: Decision): string | null => {
    if (response === "approve") return props.blocked;
    return feedback.trim() === "" ? (props.asksWhy ?? null) : null;
  };
  const decide = (response: Decision): void => {
    if (busy) return;
    // Whoever insists on a rejection without a word has it.
    const objected = objectionTo(response) !== null && !(response === "reject" && complaint === "reject");
    setComplaint(objected ? response : null);
    if (!objected) props.onDecide(response);
    else if (response === "reject") document.getElementById("feedback")?.focus();
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
            <span className={styles.lead} aria-hidden="true">
              {words.forRejection}
            </span>
            {props.suggestions.map((text) => (
              <button key={text} type="button" className="chip" disabled={sending} onClick={() => suggest(text)}>
                {text}
              </button>
            ))}
          </fieldset>
          <textarea
            id="feedback"
            aria-label={words.feedback}
            aria-describedby="decision-hint decision-note"
            placeholder={props.placeholder}
            rows={1}
            dir="auto"
            value={feedback}
            readOnly={sending}
            onChange={(event) => onFeedback(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {props.hint !== undefined && (
            <p id="decision-hint" className={styles.hint}>
              {props.hint}
            </p>
          )}
        </div>
        <div className={styles.actions} data-guarded={armed ? undefined : true}>
          <button type="button" className="btn no" aria-disabled={busy} onClick={() => decide("reject")}>
            {view.sending?.response === "reject" ? words.rejecting : props.reject}
          </button>
          <button
            type="button"
            className="btn primary"
            aria-disabled={busy || props.blocked !== null}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onClick={() => decide("approve")}
          >
            {view.sending?.response === "approve" ? words.approving : props.approve}
            {!sending && shortcut !== "" && <Shortcut keys={shortcut} />}
          </button>
        </div>
        <p id="decision-note" role="alert" className={`alert ${styles.note} ${sending ? styles.calm : ""}`}>
          {noteOf(view, refusal, complaint === null ? null : objectionTo(complaint))}
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
