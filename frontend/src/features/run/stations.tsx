import { exactMoment, spanExact } from "@/components/clock";
import { PhaseIcon } from "@/components/phase-icon";
import { useHindrance, useInfo, useNow } from "@/state/hooks";
import { phaseOf, STATIONS, stationOf } from "@/state/phase";
import { currentRound } from "@/state/rounds";
import type { RunView } from "@/state/run";
import { PHASES, peopleText, phaseName, STATION_NAMES, runText as words } from "@/strings";
import styles from "./head.module.css";

/** Whom a run waits for, where that is not who looks at it. */
function useStanding(view: RunView): string | null {
  const hindrance = useHindrance(view.run);
  if (view.run === null || hindrance === null || phaseOf(view) !== "waiting") return null;
  return peopleText.waits(view.run.asked_of, hindrance);
}

/** A hosted workflow has no stages that we know: its title, and where it stands. */
export function Hosted({ view, name }: { view: RunView; name: string }) {
  const { info } = useInfo();
  const phase = phaseOf(view);
  const standing = useStanding(view) ?? phaseName(phase, false);
  return (
    <div className={styles.stations}>
      <span className={styles.past} dir="auto">
        {info?.workflows.find((each) => each.name === name)?.title ?? name}
      </span>
      <p className={`${styles.now} ${styles[phase]}`}>
        <PhaseIcon phase={phase} />
        <span role="status">{standing}</span>
      </p>
    </div>
  );
}

/** The five stations; the status text stands in the place of the one that the run is at. */
export function Stations({ view }: { view: RunView }) {
  const phase = phaseOf(view);
  const standing = useStanding(view) ?? PHASES[phase];
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
        <span role="status">{standing}</span>
      </p>
    </div>
  );
}

export function Round({ view }: { view: RunView }) {
  return <span className={styles.round}>{words.round(currentRound(view.entries))} · </span>;
}

export function Elapsed({ view }: { view: RunView }) {
  const now = useNow(1_000);
  if (now === null || view.run === null) return null;
  const end = view.ending === null ? now : new Date(view.ending.at);
  return (
    <time title={`${words.elapsed}, ${exactMoment(view.run.created_at)}`} dateTime={view.run.created_at}>
      {spanExact(view.run.created_at, end)}
    </time>
  );
}
