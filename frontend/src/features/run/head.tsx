import { useState } from "react";
import { isReportRun, openReview, type RunView, shownReport } from "@/state/run";
import type { RunSession } from "@/state/session";
import { headingOf, LONG_TEXT, sameLetters } from "@/state/title";
import { refusalText, runText as words } from "@/strings";
import { AskAgain } from "./ask-again";
import { Asked } from "./asked";
import { CancelButton } from "./cancel-button";
import { Course } from "./course";
import styles from "./head.module.css";
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

/** A report has a heading of its own; the question stands above it only when it says something else. */
function Question({ question, title }: { question: string; title: string | null }) {
  if (title !== null && sameLetters(title, question)) return null;
  const [Tag, style] = title === null ? (["h1", ""] as const) : (["p", styles.asked] as const);
  if (question.length > LONG_TEXT) return <Text text={question} as={Tag} />;
  return (
    <Tag className={style} dir="auto">
      {question}
    </Tag>
  );
}

/** Of a whole text that was submitted only the beginning stands here, until somebody wants the rest. */
function Text({ text, as: Tag }: { text: string; as: "h1" | "p" }) {
  const [whole, setWhole] = useState(false);
  return (
    <>
      <Tag dir="auto" className={`${styles.text} ${whole ? "" : styles.clipped}`}>
        {text}
      </Tag>
      <button type="button" className={`link ${styles.more}`} aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? words.lessText : words.wholeText}
      </button>
    </>
  );
}
