import { useRef } from "react";
import { clockMoment, dayMoment } from "@/components/clock";
import { DecisionRecord } from "@/components/decision-record";
import { assertNever, type RecordedDecision } from "@/protocol";
import { leadsTo } from "@/state/decision";
import { countReworded, evidenceIn } from "@/state/findings";
import { useDoubts, useHindrance, useNow } from "@/state/hooks";
import { type Round, roundsOf } from "@/state/rounds";
import { type Entry, isReportRun, type Notice, REPORT_REVIEW, type Review, type RunView, type Step } from "@/state/run";
import { cancelLine, decisionLine, dueText, inboxText, peopleText, stampText, runText as words } from "@/strings";
import { useAtEnd } from "./at-end";
import { clipped, firstLine } from "./excerpt";
import { Mark, type MarkKind } from "./mark";
import { MoreAbout, Read, Searched } from "./more-about";
import { ticksOf } from "./ticks";
import styles from "./timeline.module.css";

/** What happened so far; rounds that are over are folded. */
export function Timeline({ view }: { view: RunView }) {
  const { entries, ending, run } = view;
  const live = ending === null;
  // Only the report workflow works in rounds; what another one asks, it may ask side by side.
  const rounds = isReportRun(run) ? roundsOf(entries) : [{ number: 1, entries, review: null, over: false }];
  const area = useRef<HTMLElement>(null);
  const scrolls = useAtEnd(area, entries);
  const hindrance = useHindrance(run);
  const waits = run === null || hindrance === null ? null : peopleText.waits(run.asked_of, hindrance);
  return (
    <section ref={area} className={styles.area} aria-labelledby="timeline-title" tabIndex={scrolls ? 0 : undefined}>
      <h2 id="timeline-title" className="label">
        {words.timeline}
      </h2>
      <ol className={styles.line}>
        {rounds.map((round) =>
          round.over ? (
            <PastRound key={round.number} round={round} />
          ) : (
            <Entries key={round.number} entries={round.entries} live={live} waits={waits} />
          ),
        )}
        {!live && <Ended view={view} />}
      </ol>
    </section>
  );
}

function PastRound({ round }: { round: Round }) {
  const doubts = useDoubts();
  const { review } = round;
  return (
    <li className={styles.past}>
      <Mark kind={review?.decision == null ? "past" : MARKS[leadsTo(review.decision.kind)]} />
      <details>
        <summary>
          {words.round(round.number)}
          {review !== null && (
            <small>
              {inboxText.found(evidenceIn(review.data.findings).length, review.data.sources.length)} ·{" "}
              {review.decision !== null && decisionLine(review.decision, doubts)}
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

/** @param waits Whom an open question waits for, where that is not the reader. */
function Entries({ entries, live, waits = null }: { entries: Entry[]; live: boolean; waits?: string | null }) {
  const reviews = entries.filter((entry) => entry.kind === "review");
  const quoted = new Set(reviews.flatMap(({ data }) => data.sources.map(({ uri }) => uri)));
  const last = live ? entries.length - 1 : null;
  return entries.map((entry, index) => (
    <Line key={entry.seq} entry={entry} live={live} now={index === last} waits={waits} quoted={quoted} />
  ));
}

interface LineProps {
  entry: Entry;
  live: boolean;
  now: boolean;
  waits: string | null;
  /** Addresses of the documents that the round's findings quote. */
  quoted: Set<string>;
}

function Line({ entry, live, now, waits, quoted }: LineProps) {
  switch (entry.kind) {
    case "step":
      return (
        <li className={now ? styles.now : entry.stage === RESUMED ? styles.calm : styles.past}>
          <Mark kind={now ? "now" : markOf(entry)} />
          {entry.text}
          {ticksOf(entry) !== "" && <small>{ticksOf(entry)}</small>}
          <Read documents={entry.read} quoted={quoted} />
        </li>
      );
    case "notice":
      return <NoticeLine notice={entry} />;
    case "review":
      return <ReviewLine review={entry} live={live} waits={waits} />;
    default:
      return assertNever(entry);
  }
}

function markOf(step: Step): MarkKind {
  if (step.failed) return "no";
  return step.stage === RESUMED ? "resumed" : "past";
}

/** The engine's own stage of a run that goes on after its server stopped. Nothing was lost, so it is said quietly. */
const RESUMED = "resume";

function NoticeLine({ notice }: { notice: Notice }) {
  const now = useNow(60_000) ?? new Date();
  return (
    <li>
      <Mark kind="notice" />
      {notice.past ? dueText.past : dueText.reminder(dayMoment(notice.dueAt, now))}
      <small>
        {clockMoment(notice.at)}
        {notice.past && ` · ${notice.whatHappens}`}
      </small>
    </li>
  );
}

const MARKS = { write: "yes", plan: "no", review: "past" } as const;

function ReviewLine({ review, live, waits }: { review: Review; live: boolean; waits: string | null }) {
  const doubts = useDoubts();
  const asked = askedIn(review);
  if (review.decision === null) {
    return (
      <li className={live ? styles.now : styles.past}>
        <Mark kind={live ? "wait" : "no"} />
        {live ? (waits ?? words.waitingForYou) : words.notAnswered}
        {asked !== "" && <small dir="auto">{asked}</small>}
        <small>{live ? words.since(clockMoment(review.at)) : clockMoment(review.at)}</small>
        <MoreAbout review={review} />
      </li>
    );
  }
  const { kind, data, at } = review.decision;
  const { response } = data;
  const reworded = countReworded(data);
  return (
    <li>
      <Mark kind={MARKS[leadsTo(kind)]} />
      {decisionLine(review.decision, doubts)}
      {asked !== "" && <small dir="auto">{asked}</small>}
      {kind === "other" && (
        <small className={styles.feedback} dir="auto">
          {clipped(typeof response === "string" ? response : JSON.stringify(response))}
        </small>
      )}
      <small>
        {clockMoment(at)}
        {reworded > 0 && ` · ${stampText.reworded(reworded)}`}
      </small>
      <Said review={review} decision={data} />
      <MoreAbout review={review} />
    </li>
  );
}

/** What went along with a decision: its words, and what they did. */
function Said({ review, decision }: { review: Review; decision: RecordedDecision }) {
  return (
    <>
      {decision.feedback !== "" && (
        <small className={styles.feedback} dir="auto">
          {decision.feedback}
        </small>
      )}
      <DecisionRecord decision={decision} findings={review.data.findings} className={styles.feedback ?? ""} />
    </>
  );
}

/** What a question was about, in a line; of findings nothing has to be said. */
function askedIn({ data, payload }: Review): string {
  if (data.kind === "research_review") return "";
  return data.kind === REPORT_REVIEW ? words.theText : firstLine(payload);
}

function Ended({ view }: { view: RunView }) {
  const doubts = useDoubts();
  const { ending } = view;
  if (ending === null) return null;
  switch (ending.kind) {
    case "report":
    case "result":
      return (
        <li>
          <Mark kind="past" />
          {isReportRun(view.run) ? words.finished : words.finishedOther}
          <small>{clockMoment(ending.at)}</small>
          {ending.kind === "report" && <Searched queries={ending.report.searched} />}
        </li>
      );
    case "failed":
    case "cancelled":
      return (
        <li>
          <Mark kind="no" />
          {ending.kind === "failed" ? words.failed : cancelLine(ending, doubts)}
          <small>{clockMoment(ending.at)}</small>
        </li>
      );
    default:
      return assertNever(ending);
  }
}
