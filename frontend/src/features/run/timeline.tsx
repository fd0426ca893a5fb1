import { clockMoment, clockTime, dayMoment } from "@/components/clock";
import { assertNever } from "@/protocol";
import { useNow } from "@/state/hooks";
import { type Round, roundsOf } from "@/state/rounds";
import { type Entry, isReportRun, type Notice, type Review, type RunView } from "@/state/run";
import { dueText, inboxText, runText as words } from "@/strings";
import { clipped, firstLine } from "./excerpt";
import { ticksOf } from "./ticks";
import styles from "./timeline.module.css";

/** What happened so far; rounds that are over are folded. */
export function Timeline({ view }: { view: RunView }) {
  const { entries, ending, run } = view;
  const live = ending === null;
  // Only the report workflow works in rounds; what another one asks, it may ask side by side.
  const rounds = isReportRun(run) ? roundsOf(entries) : [{ number: 1, entries, review: null, over: false }];
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
            <Entries key={round.number} entries={round.entries} live={live} />
          ),
        )}
        {!live && <Ended view={view} />}
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
    <Line key={entry.seq} entry={entry} live={live} now={live && index === entries.length - 1} />
  ));
}

function Line({ entry, live, now }: { entry: Entry; live: boolean; now: boolean }) {
  switch (entry.kind) {
    case "step":
      return (
        <li className={now ? styles.now : styles.past}>
          {entry.text}
          {ticksOf(entry) !== "" && <small>{ticksOf(entry)}</small>}
        </li>
      );
    case "notice":
      return <NoticeLine notice={entry} />;
    case "review":
      return <ReviewLine review={entry} live={live} />;
    default:
      return assertNever(entry);
  }
}

function NoticeLine({ notice }: { notice: Notice }) {
  const now = useNow(60_000) ?? new Date();
  return (
    <li className={styles.wait}>
      {notice.past ? dueText.past : dueText.reminder(dayMoment(notice.dueAt, now))}
      <small>
        {clockMoment(notice.at)}
        {notice.past && ` · ${notice.whatHappens}`}
      </small>
    </li>
  );
}

function ReviewLine({ review, live }: { review: Review; live: boolean }) {
  const asked = review.data.kind === "research_review" ? "" : firstLine(review.payload);
  if (review.decision === null) {
    return (
      <li className={styles.wait}>
        {live ? words.waitingForYou : words.notAnswered}
        {asked !== "" && <small dir="auto">{asked}</small>}
        <small>{live ? words.since(clockMoment(review.at)) : clockMoment(review.at)}</small>
      </li>
    );
  }
  const { feedback, response } = review.decision.data;
  return (
    <li className={response === "reject" ? styles.no : styles.yes}>
      {review.decision.text}
      {asked !== "" && <small dir="auto">{asked}</small>}
      {asked !== "" && !(response === "approve" || response === "reject") && (
        <small className={styles.feedback} dir="auto">
          {clipped(typeof response === "string" ? response : JSON.stringify(response))}
        </small>
      )}
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
          {isReportRun(view.run) ? words.finished : words.finishedOther}
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
