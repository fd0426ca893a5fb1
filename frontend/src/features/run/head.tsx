import { useState } from "react";
import { exactMoment, spanExact } from "@/components/clock";
import { CopyButton } from "@/components/copy-button";
import { PhaseIcon } from "@/components/phase-icon";
import { useInfo, useNow } from "@/state/hooks";
import { phaseOf, STATIONS, stationOf } from "@/state/phase";
import { currentRound } from "@/state/rounds";
import { isReportRun, openReview, type RunView, shownReport } from "@/state/run";
import type { RunSession } from "@/state/session";
import { PHASES, phaseName, refusalText, reviseText, STATION_NAMES, runText as words } from "@/strings";
import { AskAgain } from "./ask-again";
import { CancelButton } from "./cancel-button";
import styles from "./head.module.css";
import { RevisionOf } from "./revision-of";

/** Characters from which on a question is a text. */
const LONG_TEXT = 240;

/** The question, where the run stands, and for how long. */
export function Head({ session, view }: { session: RunSession; view: RunView }) {
  const { run, ending } = view;
  if (run === null) return null;
  return (
    <div className={styles.head}>
      <RevisionOf view={view} />
      <Question question={run.question} title={shownReport(view)?.title ?? null} />
      <div className={styles.line}>
        {isReportRun(run) ? <Stations view={view} /> : <Hosted view={view} name={run.workflow} />}
        <div className={styles.side}>
          <span className={styles.figures}>
            {isReportRun(run) && <Round view={view} />}
            <Elapsed view={view} />
          </span>
          {ending === null && <CancelButton session={session} view={view} />}
          {ending?.kind === "report" && (
            <span className={styles.actions}>
              <CopyButton text={ending.markdown} />
              <a className="btn quiet" href="#revise">
                {reviseText.open}
              </a>
              <AskAgain run={run} quiet />
            </span>
          )}
          {ending?.kind === "result" && (
            <span className={styles.actions}>
              <AskAgain run={run} quiet />
            </span>
          )}
        </div>
      </div>
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

/** A report has a title of its own; the question stands above it only when it says something else. */
function Question({ question, title }: { question: string; title: string | null }) {
  if (title === null) return <Heading text={question} />;
  if (lettersOf(title) === lettersOf(question)) return null;
  return (
    <p className={styles.asked} dir="auto">
      {question}
    </p>
  );
}

/** Of a whole text that was submitted only the beginning stands here, until somebody wants the rest. */
function Heading({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= LONG_TEXT) return <h1 dir="auto">{text}</h1>;
  return (
    <>
      <h1 dir="auto" className={`${styles.text} ${whole ? "" : styles.clipped}`}>
        {text}
      </h1>
      <button type="button" className={`link ${styles.more}`} aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? words.lessText : words.wholeText}
      </button>
    </>
  );
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A hosted workflow has no stages that we know: its title, and where it stands. */
function Hosted({ view, name }: { view: RunView; name: string }) {
  const { info } = useInfo();
  const phase = phaseOf(view);
  return (
    <div className={styles.stations}>
      <span className={styles.past} dir="auto">
        {info?.workflows.find((each) => each.name === name)?.title ?? name}
      </span>
      <p className={`${styles.now} ${styles[phase]}`}>
        <PhaseIcon phase={phase} />
        <span role="status">{phaseName(phase, false)}</span>
      </p>
    </div>
  );
}

/** The five stations; the status text stands in the place of the one that the run is at. */
function Stations({ view }: { view: RunView }) {
  const phase = phaseOf(view);
  const station = stationOf(view);
  const at = STATIONS.indexOf(station);
  return (
    <div className={styles.stations}>
      <ol aria-label={words.stages}>
        {/* The status says "Done" itself; the station of that name would only say it twice. */}
        {STATIONS.filter((each) => each !== "done" || phase !== "done").map((each, index) => (
          <li
            key={each}
            data-order={index}
            className={index < at ? styles.past : undefined}
            aria-current={index === at ? "step" : undefined}
          >
            {index < at && <PhaseIcon phase="done" />}
            <span className={index === at ? "sr" : undefined}>{STATION_NAMES[each]}</span>
          </li>
        ))}
      </ol>
      <p className={`${styles.now} ${styles[phase]}`} data-order={at}>
        <PhaseIcon phase={phase} />
        <span role="status">{PHASES[phase]}</span>
      </p>
    </div>
  );
}

function Round({ view }: { view: RunView }) {
  return <span>{words.round(currentRound(view.entries))} · </span>;
}

function Elapsed({ view }: { view: RunView }) {
  const now = useNow(1_000);
  if (now === null || view.run === null) return null;
  const end = view.ending === null ? now : new Date(view.ending.at);
  return (
    <time title={`${words.elapsed}, ${exactMoment(view.run.created_at)}`} dateTime={view.run.created_at}>
      {spanExact(view.run.created_at, end)}
    </time>
  );
}
