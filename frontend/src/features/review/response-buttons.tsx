import { type KeyboardEvent, useId, useRef } from "react";
import type { Decision, JsonValue } from "@/protocol";
import { isDecision, primaryOf } from "@/state/decision";
import type { DecisionDraft } from "@/state/decision-draft";
import { choiceLabel } from "@/state/json-schema";
import type { Field } from "@/state/response-form";
import type { Refusal } from "@/state/run";
import { refusalText, responseText, reviewText as words } from "@/strings";
import { leadsToButtons, leadTo, pressNothingHeld } from "./deciding-keys";
import styles from "./hosted-review.module.css";

export interface ResponseProps {
  draft: DecisionDraft;
  onDraft: (draft: DecisionDraft) => void;
  onSend: (response: JsonValue) => void;
  /** Whether this answer is on its way. */
  sending: boolean;
  /** Whether any answer is on its way. */
  busy: boolean;
  /** Whether a click may still belong to what stood here before. */
  guarded: boolean;
  /** Whether only a rejection is taken from who is here. */
  onlyRejects: boolean;
  /** Whether the server cannot be reached. */
  waiting: boolean;
  refusal: Refusal | null;
}

type Choice = Extract<Field, { kind: "choice" }>;

/** A few allowed answers, a button for each, and room for a comment that goes along. */
export function ResponseButtons({
  field,
  draft,
  onDraft,
  onSend,
  sending,
  ...state
}: ResponseProps & { field: Choice }) {
  const id = useId();
  const buttons = useRef<HTMLDivElement>(null);
  const decides = field.choices.some(isDecision);
  const primary = decides ? primaryOf(draft.feedback) : null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!leadsToButtons(event)) return;
    event.preventDefault();
    leadTo(buttons.current?.querySelector<HTMLElement>(".primary") ?? buttons.current?.querySelector("button"));
  };
  return (
    <div className={styles.form}>
      {field.help !== "" && <p className={styles.help}>{field.help}</p>}
      <div className={styles.field}>
        <label htmlFor={id}>{decides ? words.feedback : words.comment}</label>
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div
        ref={buttons}
        className={styles.choices}
        data-guarded={state.guarded ? true : undefined}
        onKeyDown={pressNothingHeld}
      >
        {[...field.choices]
          .sort((one, other) => Number(one === primary) - Number(other === primary))
          .map((choice) => (
            <button
              key={JSON.stringify(choice)}
              type="button"
              className={classOf(choice, primary)}
              aria-disabled={state.busy || state.guarded || (state.onlyRejects && choice !== "reject")}
              onClick={() => onSend(choice)}
            >
              {choiceLabel(choice)}
            </button>
          ))}
      </div>
      <p id={`${id}-note`} role="alert" className={`alert ${sending ? styles.calm : ""}`}>
        {sending && state.waiting && words.retrying}
        {sending && !state.waiting && responseText.sending}
        {state.refusal !== null && `${words.refused} ${refusalText(state.refusal)}`}
      </p>
    </div>
  );
}

function classOf(choice: unknown, primary: Decision | null): string {
  if (choice === primary) return "btn primary";
  return choice === "reject" ? "btn no" : "btn";
}
