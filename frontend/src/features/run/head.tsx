import { isReportRun, openReview, type RunView, shownReport } from "@/state/run";
import type { RunSession } from "@/state/session";
import { headingOf, LONG_TEXT } from "@/state/title";
import { refusalText, runText as words } from "@/strings";
import { AskAgain } from "./ask-again";
import { Asked } from "./asked";
import { CancelButton } from "./cancel-button";
import { Course } from "./course";
import styles from "./head.module.css";
import { Question } from "./question";
import { RevisionOf } from "./revision-of";
import { Elapsed, Hosted, Round, Stations } from "./stations";

/** The question, where the run stands, and for how long. */
export function Head({ session, view }: { session: RunSession; view: RunView }) {
  const { run, ending } = view;
  if (run === null) return null;
  const report = shownReport(view);
  // A text that was handed in would stand between its report and the reader.
  const isFolded = ending?.kind === "report" && run.question.length > LONG_TEXT;
  return (
    <div className={styles.head}>
      <RevisionOf view={view} />
      {!isFolded && <Question question={run.question} title={report === null ? null : headingOf(report)} />}
      {ending?.kind === "report" ? (
        <Course view={view} question={isFolded ? run.question : ""} />
      ) : (
        <div className={styles.line}>
          {isReportRun(run) ? <Stations view={view} /> : <Hosted view={view} name={run.workflow} />}
          <div className={styles.side}>
            <span className={styles.figures}>
              {isReportRun(run) && <Round view={view} />}
              <Elapsed view={view} />
            </span>
            {ending === null && <CancelButton session={session} view={view} />}
            {ending?.kind === "result" && (
              <span className={styles.actions}>
                <AskAgain run={run} quiet />
              </span>
            )}
          </div>
        </div>
      )}
      <Asked view={view} />
      <Refused view={view} />
    </div>
  );
}

/** What was refused outside a review, such as cancelling a run that is over; a review says its own refusals. */
function Refused({ view }: { view: RunView }) {
  if (view.refusal === null || view.refusal.code === "already_answered" || openReview(view) !== null) return null;
  return (
    <p role="alert" className={`alert ${styles.refusal}`}>
      {words.notDone} {refusalText(view.refusal)}
    </p>
  );
}
