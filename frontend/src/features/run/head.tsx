import Link from "next/link";
import { spanShort } from "@/components/clock";
import { CopyButton } from "@/components/copy-button";
import { PhaseIcon } from "@/components/phase-icon";
import { useNow } from "@/state/hooks";
import { phaseOf, STATIONS, stationOf } from "@/state/phase";
import { currentRound } from "@/state/rounds";
import { openReview, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { PHASES, STATION_NAMES, runText as words } from "@/strings";
import { CancelButton } from "./cancel-button";
import styles from "./head.module.css";

/** The question, where the run stands, and for how long. */
export function Head({ session, view }: { session: RunSession; view: RunView }) {
  const { run, ending } = view;
  if (run === null) return null;
  return (
    <div className={styles.head}>
      <Question question={run.question} title={ending?.kind === "report" ? ending.report.title : null} />
      <div className={styles.line}>
        <Stations view={view} />
        <span className={styles.figures}>
          <Round view={view} />
          <Elapsed view={view} />
        </span>
        {ending === null && <CancelButton session={session} view={view} />}
        {ending?.kind === "report" && (
          <span className={styles.actions}>
            <CopyButton text={ending.markdown} />
            <Link className="btn quiet" href={`/?question=${encodeURIComponent(run.question)}`}>
              {words.askAgain}
            </Link>
          </span>
        )}
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
      {words.notDone} {view.refusal.text}
    </p>
  );
}

/** A report has a title of its own; the question stands above it only when it says something else. */
function Question({ question, title }: { question: string; title: string | null }) {
  if (title === null) return <h1 dir="auto">{question}</h1>;
  if (lettersOf(title) === lettersOf(question)) return null;
  return (
    <p className={styles.asked} dir="auto">
      {question}
    </p>
  );
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
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
  return <span>{words.round(currentRound(view.entries))}</span>;
}

function Elapsed({ view }: { view: RunView }) {
  const now = useNow(1_000);
  if (now === null || view.run === null) return null;
  const end = view.ending === null ? now : new Date(view.ending.at);
  return <span> · {spanShort(view.run.created_at, end)}</span>;
}
