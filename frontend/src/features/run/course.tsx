import { Fold } from "@/components/fold";
import { PhaseIcon } from "@/components/phase-icon";
import { currentRound } from "@/state/rounds";
import { isReportRun, type RunView } from "@/state/run";
import { PHASES, runText as words } from "@/strings";
import styles from "./head.module.css";
import asked from "./question.module.css";
import { Elapsed } from "./stations";
import { Timeline } from "./timeline";

/**
 * How a report came about, in a line: once it is there, the report is what matters.
 *
 * @param question where it is too long to stand above the report; empty where it is not.
 */
export function Course({ view, question }: { view: RunView; question: string }) {
  const rounds = isReportRun(view.run) ? currentRound(view.entries) : 0;
  return (
    <Fold
      className={styles.course}
      beside={
        <p className={`${styles.now} ${styles.done}`}>
          <PhaseIcon phase="done" />
          <span role="status">{PHASES.done}</span>
        </p>
      }
      label={
        <>
          {words.course}
          <span className={styles.figures}>
            {rounds > 0 && `${words.rounds(rounds)}, `}
            <Elapsed view={view} />
          </span>
        </>
      }
    >
      <div className={styles.told}>
        {question !== "" && (
          <p className={asked.text} dir="auto">
            {question}
          </p>
        )}
        <Timeline view={view} />
      </div>
    </Fold>
  );
}
