import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Decision } from "@/protocol";
import { leadsTo, primaryOf, withLast } from "@/state/decision";
import type { Refusal, RunView } from "@/state/run";
import { DECISION_WORDS, refusalText, reviewText as words } from "@/strings";
import { useArmed } from "./armed";
import { leadsToButtons, leadTo, pressNothingHeld } from "./deciding-keys";
import styles from "./decision.module.css";

export interface DecisionBarProps {
  view: RunView;
  /** What the server said no to about this review. */
  refusal: Refusal | null;
  /** What the buttons say. */
  labels: Record<Decision, string>;
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
  /** Whether readers of the report see the feedback, as a note to its writer. */
  showNote: boolean;
  onShowNote: (show: boolean) => void;
  onDecide: (decision: Decision) => void;
  /** Whether these buttons stand where others just were. */
  guarded: boolean;
}

/** Approve or reject. Only a button decides; no key in a field does. */
export function DecisionBar(props: DecisionBarProps) {
  const { view, refusal, feedback, onFeedback } = props;
  const [complaint, setComplaint] = useState<Decision | null>(null);
  const primaryButton = useRef<HTMLButtonElement>(null);
  const armed = useArmed(props.guarded);
  const sending = view.sending !== null;
  const busy = sending || !armed;
  const primary = primaryOf(feedback, props.blocked !== null);
  const objections: Partial<Record<Decision, string | null>> = {
    approve: props.blocked,
    reject: feedback.trim() === "" ? (props.asksWhy ?? null) : null,
  };

  const decide = (decision: Decision): void => {
    if (busy) return;
    // Whoever insists on a rejection without a word has it.
    const objected = typeof objections[decision] === "string" && !(decision === "reject" && complaint === "reject");
    setComplaint(objected ? decision : null);
    if (!objected) props.onDecide(decision);
    else if (decision === "reject") document.getElementById("feedback")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!leadsToButtons(event)) return;
    event.preventDefault();
    leadTo(primaryButton.current);
  };

  return (
    <div className={styles.bar} data-decision-bar>
      <div className={styles.inner}>
        <div className={styles.field}>
          <Suggestions texts={props.suggestions} disabled={sending} feedback={feedback} onFeedback={onFeedback} />
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
          <p id="decision-hint" className={styles.hint}>
            {props.hint} <Keys />
          </p>
          {feedback.trim() !== "" && (
            <label className={styles.hint}>
              <input
                type="checkbox"
                checked={props.showNote}
                disabled={sending}
                onChange={(event) => props.onShowNote(event.target.checked)}
              />{" "}
              {words.showNote}
            </label>
          )}
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
        <div className={styles.actions} data-guarded={armed ? undefined : true} onKeyDown={pressNothingHeld}>
          {withLast(primary).map((decision) => (
            <button
              key={decision}
              ref={decision === primary ? primaryButton : undefined}
              type="button"
              className={decision === primary ? "btn primary" : secondary(decision)}
              aria-disabled={busy || (decision === "approve" && props.blocked !== null)}
              onClick={() => decide(decision)}
            >
              {view.sending?.response === decision ? DECISION_WORDS[decision].sending : props.labels[decision]}
            </button>
          ))}
        </div>
        <p id="decision-note" role="alert" className={`alert ${styles.note} ${sending ? styles.calm : ""}`}>
          {noteOf(view, refusal, complaint === null ? null : (objections[complaint] ?? null))}
        </p>
      </div>
    </div>
  );
}

function secondary(decision: Decision): string {
  return leadsTo(decision) === "plan" ? "btn no" : "btn";
}

function Suggestions({
  texts,
  disabled,
  feedback,
  onFeedback,
}: { texts: string[]; disabled: boolean } & Pick<DecisionBarProps, "feedback" | "onFeedback">) {
  const suggest = (text: string): void => {
    onFeedback(feedback.trim() === "" ? text : `${feedback.trimEnd()}\n${text}`);
    document.getElementById("feedback")?.focus();
  };
  return (
    <fieldset className={styles.chips}>
      <legend className="sr">{words.suggestions}</legend>
      <span className={styles.lead} aria-hidden="true">
        {words.forRejection}
      </span>
      {texts.map((text) => (
        <button key={text} type="button" className="chip" disabled={disabled} onClick={() => suggest(text)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}

function noteOf(view: RunView, refusal: Refusal | null, complaint: string | null): string | null {
  if (view.sending !== null && view.link === "reconnecting") return words.retrying;
  if (refusal !== null) return `${words.refused} ${refusalText(refusal)}`;
  return complaint;
}

/** How this keyboard leads to the buttons. Known only in the browser. */
function Keys() {
  const [keys, setKeys] = useState("");
  useEffect(() => setKeys(/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ ↵" : "Ctrl ↵"), []);
  return <span className={styles.keys}>{keys !== "" && words.keys(keys)}</span>;
}
