import { clockMoment, clockTime } from "@/components/clock";
import { assertNever } from "@/protocol";
import { type Round, roundsOf } from "@/state/rounds";
import type { Entry, Review, RunView } from "@/state/run";
import { inboxText, runText as words } from "@/strings";
import { ticksOf } from "./ticks";
import styles from "./timeline.module.css";

/** What happened so far; rounds that are over are folded. */
export function Timeline({ view }: { view: RunView }) {
  const rounds = roundsOf(view.entries);
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title" className="label">
        {words.timeline}
      </h2>
      <ol className={styles.line}>
        {rounds.map((round) =>
          round.over ? (
            <PastRound key={round.number} round={round} />
          ) : (
            <Entries key={round.number} entries={round.entries} live={view.ending === null} />
          ),
        )}
        {view.ending !== null && <Ended view={view} />}
      </ol>
    </section>
  );
}

function PastRound({ round }: { round: Round }) {
  const { review } = round;
  return (
    <li className={styles.past}>
      <details>
        <summary>
          {words.round(round.number)}
          {review !== null && (
            <small>
              {inboxText.found(review.data.findings.length, review.data.sources.length)} · {review.decision?.text}
            </small>
          )}
        </summary>
        <ol className={styles.inner}>
          <Entries entries={round.entries} live={false} />
        </ol>
      </details>
    </li>
  );
}

function Entries({ entries, live }: { entries: Entry[]; live: boolean }) {
  return entries.map((entry, index) => (
    <Line key={entry.seq} entry={entry} now={live && index === entries.length - 1} />
  ));
}

function Line({ entry, now }: { entry: Entry; now: boolean }) {
  switch (entry.kind) {
    case "step":
      return (
        <li className={now ? styles.now : styles.past}>
          {entry.text}
          {ticksOf(entry) !== "" && <small>{ticksOf(entry)}</small>}
        </li>
      );
    case "notice":
      return (
        <li className={styles.wait}>
          {entry.text}
          <small>{clockMoment(entry.at)}</small>
        </li>
      );
    case "review":
      return <ReviewLine review={entry} />;
    default:
      return assertNever(entry);
  }
}

function ReviewLine({ review }: { review: Review }) {
  if (review.decision === null) {
    return (
      <li className={styles.wait}>
        {words.waitingForYou}
        <small>{words.since(clockMoment(review.at))}</small>
      </li>
    );
  }
  const { feedback, response } = review.decision.data;
  return (
    <li className={response === "reject" ? styles.no : styles.yes}>
      {review.decision.text}
      <small>{clockMoment(review.decision.at)}</small>
      {feedback !== "" && (
        <small className={styles.feedback} dir="auto">
          {feedback}
        </small>
      )}
    </li>
  );
}

function Ended({ view }: { view: RunView }) {
  const { ending } = view;
  if (ending === null) return null;
  switch (ending.kind) {
    case "report":
    case "result":
      return (
        <li className={styles.past}>
          {words.finished}
          <small>{clockTime(ending.at)}</small>
        </li>
      );
    case "failed":
    case "cancelled":
      return (
        <li className={styles.no}>
          {ending.kind === "failed" ? words.failed : ending.text}
          <small>{clockTime(ending.at)}</small>
        </li>
      );
    default:
      return assertNever(ending);
  }
}
