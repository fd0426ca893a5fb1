import Link from "next/link";
import { clockTime, sinceShort } from "@/components/clock";
import { PhaseIcon } from "@/components/phase-icon";
import { assertNever, type RunState } from "@/protocol";
import { type Phase, phaseOfStatus } from "@/state/phase";
import { isReportRun } from "@/state/run";
import { inboxText as words } from "@/strings";
import styles from "./inbox.module.css";

const WORDS: Record<Phase, string> = {
  waiting: words.decide,
  researching: words.searching,
  writing: "Writing",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

export function Row({ run, now }: { run: RunState; now: Date }) {
  const writing = run.status === "running" && run.brief.approved_by !== "";
  const phase = writing ? "writing" : phaseOfStatus(run.status);
  return (
    <li>
      <Link className={styles.row} href={`/run/?id=${encodeURIComponent(run.id)}`} prefetch={false}>
        <span className={`${styles.status} ${styles[phase]}`}>
          <PhaseIcon phase={phase} />
          {phase === "researching" && !isReportRun(run) ? words.working : WORDS[phase]}
        </span>
        <span className={styles.what}>
          <span className={styles.question} dir="auto">
            {run.question}
          </span>
          <small>{factsOf(run).join(" · ")}</small>
        </span>
        <time className={styles.time} dateTime={run.updated_at}>
          {timeOf(run, now)}
        </time>
      </Link>
    </li>
  );
}

function timeOf(run: RunState, now: Date): string {
  const today = new Date(run.updated_at).toDateString() === now.toDateString();
  const open = run.status === "waiting" || run.status === "running";
  return open || !today ? sinceShort(run.updated_at, now) : clockTime(run.updated_at);
}

/** What it is at, or where it ended; that it waits or is done stands beside it already. */
function stageOf({ status, brief }: RunState): string[] {
  return brief.stage === "" || status === "waiting" || status === "completed" ? [] : [brief.stage];
}

function factsOf(run: RunState): string[] {
  const { brief } = run;
  if (!isReportRun(run)) return [run.workflow, ...stageOf(run)];
  switch (run.status) {
    case "waiting": {
      if (brief.round === 0) return [brief.stage].filter((stage) => stage !== "");
      const facts = [words.round(brief.round), words.found(brief.findings, brief.sources)];
      return brief.round > 1 && brief.new > 0 ? [...facts, words.isNew(brief.new)] : facts;
    }
    case "running":
    case "failed":
    case "cancelled":
      return stageOf(run);
    case "completed": {
      const facts = brief.sentences > 0 ? [words.sentences(brief.sentences, brief.supported)] : [];
      return brief.approved_by === "" ? facts : [...facts, words.approvedBy(brief.approved_by)];
    }
    default:
      return assertNever(run.status);
  }
}
