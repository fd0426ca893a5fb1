import { clockMoment } from "@/components/clock";
import { DecisionRecord } from "@/components/decision-record";
import { Stamp } from "@/components/stamp";
import { useDoubts } from "@/state/hooks";
import { isReportRun, lastDecided, type RunView, type Step } from "@/state/run";
import { decisionWord, nameOf, stampText, runText as words } from "@/strings";
import { ticksOf } from "./ticks";
import styles from "./working.module.css";

/** What is happening, while there is nothing to read or decide yet. */
export function Working({ view }: { view: RunView }) {
  const last = view.entries.at(-1);
  const step = last?.kind === "step" ? last : null;
  const decided = lastDecided(view);
  const doubts = useDoubts();
  const isReport = isReportRun(view.run);
  return (
    <div className={styles.working}>
      {decided?.decision != null && (
        <>
          <Stamp
            tone={decided.decision.kind}
            what={decisionWord(decided.decision.kind, decided.decision.data.response)}
            who={`${nameOf(decided.decision.data, doubts)}, ${clockMoment(decided.decision.at)}`}
            small={isReport ? stampText.round(decided.data.round) : undefined}
          />
          {decided.decision.data.feedback !== "" && (
            <blockquote className={styles.feedback} dir="auto">
              {decided.decision.data.feedback}
            </blockquote>
          )}
          <p className={styles.decided}>
            <DecisionRecord decision={decided.decision.data} findings={decided.data.findings} />
          </p>
        </>
      )}
      <p className={styles.step}>{step?.text ?? words.starting}</p>
      <Ticks step={step} />
      <p className={styles.hint}>{isReport ? words.goesOn : words.goesOnOther}</p>
    </div>
  );
}

function Ticks({ step }: { step: Step | null }) {
  if (step?.done == null || step.total === null || step.total === 0)
    return <progress className={styles.bar} aria-label={words.starting} />;
  return (
    <>
      <progress className={styles.bar} value={step.done} max={step.total} aria-label={step.text} />
      <p className={styles.count}>{ticksOf(step)}</p>
    </>
  );
}
