import type { Decision } from "@/protocol";
import type { Outcome } from "@/state/outcome";
import { outcomeText as words } from "@/strings";
import styles from "./decision.module.css";

interface OutcomeLineProps {
  outcomes: Record<Decision, Outcome>;
  /** Whether sending back keeps what stands ticked; null where that is not to be chosen. */
  keepsAll: boolean | null;
  onKeepsAll: (keepsAll: boolean) => void;
}

/** What each of the buttons will do, before it is pressed. */
export function OutcomeLine({ outcomes, keepsAll, onKeepsAll }: OutcomeLineProps) {
  const { approve, reject } = outcomes;
  return (
    <section className={styles.outcome} aria-label={words.region}>
      <p>
        {words.reject(rejected(reject))}{" "}
        {keepsAll !== null && (
          <button type="button" className="link" onClick={() => onKeepsAll(!keepsAll)}>
            {keepsAll ? words.keepNone : words.keepAll}
          </button>
        )}
      </p>
      {/* The button says how many findings; this, what else. */}
      {approved(approve).length > 1 && <p>{words.approve(approved(approve))}</p>}
    </section>
  );
}

function rejected(outcome: Outcome): string[] {
  return [
    outcome.kept > 0 ? words.kept(outcome.kept) : words.keptNone,
    ...some(outcome.aside > 0, words.aside(outcome.aside)),
    ...some(outcome.never > 0, words.never(outcome.never)),
    ...some(outcome.search.length > 0, words.search(outcome.search)),
    ...some(outcome.leaveOut.length > 0, words.leaveOut(outcome.leaveOut)),
    ...some(outcome.limits, words.limits),
    ...some(outcome.note, words.note),
    ...some(outcome.asTyped, words.asTyped),
    ...some(outcome.unsure > 0, words.unsure(outcome.unsure)),
  ];
}

function approved(outcome: Outcome): string[] {
  return [
    words.used(outcome.kept),
    ...some(outcome.aside > 0, words.aside(outcome.aside)),
    ...some(outcome.never > 0, words.never(outcome.never)),
    ...some(outcome.leaveOut.length > 0, words.leaveOut(outcome.leaveOut)),
    ...some(outcome.note, words.note),
    ...some(outcome.notSearched, words.notSearched),
  ];
}

function some(is: boolean, what: string): string[] {
  return is ? [what] : [];
}
