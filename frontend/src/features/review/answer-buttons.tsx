import { type KeyboardEvent, useId } from "react";
import type { JsonValue } from "@/protocol";
import type { Field } from "@/state/answer-form";
import type { DecisionDraft } from "@/state/decision-draft";
import { inWords } from "@/state/json-schema";
import type { Refusal } from "@/state/run";
import { answerText, reviewText as words } from "@/strings";
import styles from "./plain.module.css";

export interface AnswerProps {
  draft: DecisionDraft;
  onDraft: (draft: DecisionDraft) => void;
  onSend: (response: JsonValue) => void;
  /** Whether this answer is on its way. */
  sending: boolean;
  /** Whether any answer is on its way. */
  busy: boolean;
  /** Whether a click may still belong to what stood here before. */
  guarded: boolean;
  /** Whether the server cannot be reached. */
  waiting: boolean;
  refusal: Refusal | null;
}

type Choice = Extract<Field, { kind: "choice" }>;

/** A few allowed answers, a button for each, and room for a comment that goes along. */
export function AnswerButtons({ field, draft, onDraft, onSend, sending, ...state }: AnswerProps & { field: Choice }) {
  const id = useId();
  const canApprove = field.choices.includes("approve");
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!canApprove || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSend("approve");
  };
  return (
    <div className={styles.form}>
      {field.help !== "" && <p className={styles.help}>{field.help}</p>}
      <div className={styles.field}>
        <label htmlFor={id}>{canApprove ? words.feedback : words.comment}</label>
        <textarea
          id={id}
          aria-describedby={`${id}-note`}
          placeholder={words.commentPlaceholder}
          rows={2}
          dir="auto"
          value={draft.feedback}
          readOnly={sending}
          onChange={(event) => onDraft({ ...draft, feedback: event.target.value })}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.choices} data-guarded={state.guarded ? true : undefined}>
        {field.choices.map((choice) => (
          <button
            key={JSON.stringify(choice)}
            type="button"
            className={CLASSES[String(choice)] ?? "btn"}
            aria-disabled={state.busy || state.guarded}
            aria-keyshortcuts={choice === "approve" ? "Control+Enter Meta+Enter" : undefined}
            onClick={() => onSend(choice)}
          >
            {choiceLabel(choice)}
          </button>
        ))}
      </div>
      <p id={`${id}-note`} role="alert" className={`alert ${sending ? styles.calm : ""}`}>
        {sending && state.waiting && words.retrying}
        {sending && !state.waiting && answerText.sending}
        {state.refusal !== null && `${words.refused} ${state.refusal.text}`}
      </p>
    </div>
  );
}

const CLASSES: Record<string, string> = { approve: "btn primary", reject: "btn no" };

export function choiceLabel(choice: unknown): string {
  return typeof choice === "string" && choice !== "" ? inWords(choice) : JSON.stringify(choice);
}
