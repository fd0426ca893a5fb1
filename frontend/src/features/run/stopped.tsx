import type { RunState } from "@/protocol";
import { useDoubts } from "@/state/hooks";
import { type Ending, isReportRun } from "@/state/run";
import { cancelLine, runText as words } from "@/strings";
import { AskAgain } from "./ask-again";
import { ForTheLog, Retry } from "./retry";
import styles from "./working.module.css";

/** A run that ended without a report. */
export function Stopped({
  ending,
  run,
  onStarted,
}: {
  ending: Extract<Ending, { kind: "failed" | "cancelled" }>;
  run: RunState;
  onStarted: (runId: string) => void;
}) {
  const doubts = useDoubts();
  const failed = ending.kind === "failed";
  const title = failed ? words.failed : cancelLine(ending, doubts);
  return (
    <section className={styles.stopped} aria-label={title}>
      <h2>{title}</h2>
      {failed && <p className={styles.reason}>{ending.text}</p>}
      <p>{failed ? words.failedHint : isReportRun(run) ? words.cancelled : words.cancelledOther}</p>
      {ending.kind === "failed" && (
        <>
          <ForTheLog run={run} step={ending.step} />
          <Retry run={run} onStarted={onStarted} />
        </>
      )}
      <AskAgain run={run} />
    </section>
  );
}
