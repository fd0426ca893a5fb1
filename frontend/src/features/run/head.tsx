import { spanShort } from "@/components/clock";
import { PhaseIcon } from "@/components/phase-icon";
import { useNow } from "@/state/hooks";
import { phaseOf, STATIONS, stationOf } from "@/state/phase";
import { currentRound } from "@/state/rounds";
import type { RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { PHASES, STATION_NAMES, runText as words } from "@/strings";
import { CancelButton } from "./cancel-button";
import styles from "./head.module.css";

/** The question, where the run stands, and for how long. */
export function Head({ session, view }: { session: RunSession; view: RunView }) {
  const { run, ending } = view;
  if (run === null) return null;
  const written = ending?.kind === "report";
  return (
    <div className={styles.head}>
      {written ? (
        <p className={styles.asked} dir="auto">
          {run.question}
        </p>
      ) : (
        <h1 dir="auto">{run.question}</h1>
      )}
      <div className={styles.line}>
        <Stations view={view} />
        <span className={styles.figures}>
          <Round view={view} />
          <Elapsed view={view} />
        </span>
        {ending === null && <CancelButton session={session} view={view} />}
      </div>
      {view.refusal !== null && view.refusal.code !== "already_answered" && view.sending === null && (
        <p role="alert" className={`alert ${styles.refusal}`}>
          {words.notDone} {view.refusal.text}
        </p>
      )}
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
        {STATIONS.map((each, index) => (
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
