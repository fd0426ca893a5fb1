import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { Decision } from "@/protocol";
import { leadsTo, withLast } from "@/state/decision";
import { useHindrance } from "@/state/hooks";
import type { Refusal, RunView } from "@/state/run";
import { DECISION_WORDS, peopleText, refusalText, reviewText as words } from "@/strings";
import { useArmed } from "./armed";
import { leadsToButtons, leadTo, pressNothingHeld } from "./deciding-keys";
import styles from "./decision.module.css";

export interface DecisionBarProps {
  view: RunView;
  /** What the server said no to about this review. */
  refusal: Refusal | null;
  /** What the buttons say. */
  labels: Record<Decision, string>;
  /** What is likely wanted. */
  primary: Decision;
  /** Why it cannot be approved as it stands. */
  blocked: string | null;
  /** What a rejection lacks, at least at first; null where it lacks nothing. */
  asksWhy?: string | null;
  /** The decision that waits to be read before it is sent. */
  settling: Decision | null;
  onDecide: (decision: Decision) => void;
  /** Whether these buttons stand where others just were. */
  guarded: boolean;
  /** The fields, and what will happen. */
  children: ReactNode;
}

/** Approve or reject. Only a button decides; no key in a field does. */
export function DecisionBar({ view, refusal, primary: likely, ...props }: DecisionBarProps) {
  const [complaint, setComplaint] = useState<Decision | null>(null);
  const primaryButton = useRef<HTMLButtonElement>(null);
  const armed = useArmed(props.guarded);
  const sending = view.sending?.response ?? props.settling;
  const busy = sending !== null || !armed;
  // Whoever asked may reject all the same.
  const own = useHindrance(view.run) === "own" ? peopleText.hindrance([], "own") : null;
  const primary = own === null ? likely : "reject";
  const blocked = own ?? props.blocked;
  const objections: Partial<Record<Decision, string | null>> = {
    approve: blocked,
    reject: props.asksWhy ?? null,
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
    if (!leadsToButtons(event) || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    leadTo(primaryButton.current);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields inside
    <div className={styles.bar} data-decision-bar onKeyDown={onKeyDown}>
      <div className={styles.inner}>
        <div className={styles.fields}>{props.children}</div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
        <div className={styles.actions} data-guarded={armed ? undefined : true} onKeyDown={pressNothingHeld}>
          {withLast(primary).map((decision) => (
            <button
              key={decision}
              ref={decision === primary ? primaryButton : undefined}
              type="button"
              className={decision === primary ? "btn primary" : secondary(decision)}
              aria-disabled={busy || (decision === "approve" && blocked !== null)}
              onClick={() => decide(decision)}
            >
              {sending === decision ? DECISION_WORDS[decision].sending : props.labels[decision]}
            </button>
          ))}
        </div>
        <p
          id="decision-note"
          role="alert"
          className={`alert ${styles.note} ${view.sending !== null ? styles.calm : ""}`}
        >
          {noteOf(view, refusal, complaint === null ? null : (objections[complaint] ?? null))}
        </p>
      </div>
    </div>
  );
}

function secondary(decision: Decision): string {
  return leadsTo(decision) === "plan" ? "btn no" : "btn";
}

function noteOf(view: RunView, refusal: Refusal | null, complaint: string | null): string | null {
  if (view.sending !== null && view.link === "reconnecting") return words.retrying;
  if (refusal !== null) return `${words.refused} ${refusalText(refusal)}`;
  return complaint;
}
