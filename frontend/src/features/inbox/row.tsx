import Link from "next/link";
import { clockTime, dayMoment, dayShort, exactMoment, sinceShort } from "@/components/clock";
import { PhaseIcon } from "@/components/phase-icon";
import { assertNever, type RunFigures, type RunState } from "@/protocol";
import { useDoubts, useHindrance } from "@/state/hooks";
import { type Phase, phaseOfStatus } from "@/state/phase";
import { isReportRun } from "@/state/run";
import { dueText, isNamed, nameOf, peopleText, inboxText as words } from "@/strings";
import styles from "./inbox.module.css";

const WORDS: Record<Phase, string> = {
  waiting: words.decide,
  researching: words.searching,
  writing: words.writing,
  done: words.done,
  failed: words.failed,
  cancelled: words.cancelled,
};

/** A run in a line: how it stands, its question, what is known of it, and when. All of it is one link. */
export function Row({ run, now }: { run: RunState; now: Date }) {
  const doubts = useDoubts();
  const waits = useHindrance(run) !== null && run.status === "waiting";
  const writing = run.status === "running" && run.brief.approved_by !== "";
  const phase = writing ? "writing" : phaseOfStatus(run.status);
  return (
    <li>
      <Link className={styles.row} href={`/run/?id=${encodeURIComponent(run.id)}`} prefetch={false} data-run={run.id}>
        <span className={`${styles.status} ${styles[phase]}`}>
          <PhaseIcon phase={phase} />
          {phase === "researching" && !isReportRun(run) ? words.working : waits ? words.waits : WORDS[phase]}
        </span>
        <span className={styles.what}>
          <span className={styles.question} dir="auto">
            {run.question}
          </span>
          <small>
            {[...askedOf(run, doubts), ...dueOf(run, now), ...factsOf(run, doubts), ...askerOf(run, doubts)].join(
              " · ",
            )}
          </small>
        </span>
        <time className={styles.time} dateTime={run.updated_at} title={exactMoment(run.updated_at)}>
          {timeOf(run, now)}
        </time>
      </Link>
    </li>
  );
}

function timeOf(run: RunState, now: Date): string {
  const at = new Date(run.updated_at);
  const open = run.status === "waiting" || run.status === "running";
  if (now.getTime() - at.getTime() > 7 * 86_400_000) return dayShort(run.updated_at, now);
  const today = at.toDateString() === now.toDateString();
  return open || !today ? sinceShort(run.updated_at, now) : clockTime(run.updated_at);
}

/** What it is at, or where it ended; that it waits or is done stands beside it already. */
function stageOf({ status, brief }: RunState): string[] {
  return brief.stage === "" || status === "waiting" || status === "completed" ? [] : [brief.stage];
}

/** Until when a decision is wanted; an older server does not say. */
function dueOf({ status, brief }: RunState, now: Date): string[] {
  const due = brief.due_at ?? null;
  if (status !== "waiting" || due === null) return [];
  const moment = dayMoment(due, now);
  return [new Date(due) > now ? dueText.due(moment) : `${dueText.past} ${dueText.since(moment)}`];
}

/** Whom it waits for, and who is on it; an older server does not say. */
function askedOf({ status, asked_of: asked = [], claim = null }: RunState, doubts: boolean): string[] {
  if (status !== "waiting") return [];
  const waiting = asked.length === 0 ? [] : [peopleText.waitingFor(asked)];
  return claim === null ? waiting : [...waiting, peopleText.onIt(nameOf(claim, doubts))];
}

/** Who asked, unless the same name stands there for the approval. */
function askerOf(run: RunState, doubts: boolean): string[] {
  const { by, brief, status } = run;
  return !isNamed(by) || (status === "completed" && brief.approved_by === by)
    ? []
    : [words.askedBy(nameOf(run, doubts))];
}

function factsOf(run: RunState, doubts: boolean): string[] {
  if (!isReportRun(run)) return [run.workflow, ...stageOf(run)];
  const { revises } = run.options;
  const facts = stateOf(run, doubts).filter((fact) => fact !== "");
  return typeof revises === "string" && revises !== "" ? [words.revision, ...facts] : facts;
}

function stateOf(run: RunState, doubts: boolean): string[] {
  const round = run.brief.round === 0 ? "" : words.round(run.brief.round);
  switch (run.status) {
    case "waiting":
      return waitingFacts(run.brief, round);
    case "running": {
      // Some steps say their round themselves.
      const [stage = ""] = stageOf(run);
      return [stage.startsWith(round) ? "" : round, stage];
    }
    case "failed":
    case "cancelled":
      return stageOf(run);
    case "completed":
      return [round, ...resultFacts(run, doubts)];
    default:
      return assertNever(run.status);
  }
}

/** Once there are sentences, it is the text that waits. */
function waitingFacts(brief: RunFigures, round: string): string[] {
  if (brief.sentences > 0) return [round, words.toApprove, words.sentences(brief.sentences, brief.supported)];
  if (round === "") return [brief.stage];
  const isNew = brief.round > 1 && brief.new > 0 ? words.isNew(brief.new) : "";
  return [round, words.found(brief.findings, brief.sources), isNew];
}

/** The last approval is named; where the text was asked about too, it is of the text. */
function resultFacts({ brief, options }: RunState, doubts: boolean): string[] {
  const signed = { by: brief.approved_by, verified: brief.approved_verified };
  return [
    brief.sources === 0 ? "" : words.sources(brief.sources),
    words.sentences(brief.sentences, brief.supported),
    signed.by === "" ? "" : words.approvedBy(signed, options.review_report === true, doubts),
  ];
}
