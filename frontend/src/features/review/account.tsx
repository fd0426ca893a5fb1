import { Fragment, useState } from "react";
import { Fold } from "@/components/fold";
import type { FeedbackUse, Finding } from "@/protocol";
import { accountText, fieldHint, tallyText, reviewText as words } from "@/strings";
import styles from "./account.module.css";
import { anchorOf } from "./finding-link";

const SIGNS: Record<FeedbackUse["status"], string> = {
  done: "M2 6.5 5 9.5 10.5 3",
  found_nothing: "M2.5 6.2h7.5",
  not_possible: "m3 3 6.5 6.5M9.5 3 3 9.5",
  not_understood: "M4 4.2a2.2 2.2 0 1 1 3 2c-.6.3-.8.7-.8 1.4M6.2 10v.2",
};
const STATUSES: FeedbackUse["status"][] = ["done", "found_nothing", "not_possible", "not_understood"];

/** What became of the feedback, in a line; of each point, and what else was looked for in vain, behind it. */
export function Account({
  used,
  notFound,
  findings,
}: {
  used: FeedbackUse[];
  notFound: string[];
  findings: Finding[];
}) {
  const [open, setOpen] = useState(() => isOpenAtFirst(used));
  if (used.length === 0 && notFound.length === 0) return null;
  return (
    <section className={styles.account} aria-label={words.used}>
      <Fold label={<Tally used={used} hindered={notFound.length > 0} />} open={open} onToggle={setOpen}>
        <Points used={used} findings={findings} />
        {notFound.length > 0 && (
          <>
            {used.length > 0 && <p>{words.notFound}</p>}
            <ul className={styles.notFound}>
              {notFound.map((sentence) => (
                <li key={sentence} dir="auto">
                  {sentence}
                </li>
              ))}
            </ul>
          </>
        )}
      </Fold>
    </section>
  );
}

/** What was said last and did not come about is read without being asked for. */
function isOpenAtFirst(used: FeedbackUse[]): boolean {
  const last = Math.max(...used.map(({ round }) => round));
  return used.some(({ round, status }) => round === last && (status === "not_possible" || status === "not_understood"));
}

/** "Feedback: 2 done, 1 found nothing" */
function Tally({ used, hindered }: { used: FeedbackUse[]; hindered: boolean }) {
  if (used.length === 0) return words.notFound;
  const of = (status: FeedbackUse["status"]): number => used.filter((each) => each.status === status).length;
  return (
    <span>
      {tallyText.lead}{" "}
      {STATUSES.filter((status) => of(status) > 0).map((status, index) => (
        <Fragment key={status}>
          {index > 0 && ", "}
          <span className={styles[status]}>{tallyText.of(of(status), status)}</span>
        </Fragment>
      ))}
      {hindered && tallyText.hindered}
    </span>
  );
}

function Points({ used, findings }: { used: FeedbackUse[]; findings: Finding[] }) {
  return (
    <ul className={styles.points}>
      {used.map((each) => (
        <Point
          key={`${each.round} ${each.feedback} ${each.what_was_done}`}
          point={each}
          findings={findings.filter((finding) => each.findings.includes(finding.id))}
        />
      ))}
    </ul>
  );
}

function Point({ point, findings }: { point: FeedbackUse; findings: Finding[] }) {
  const { status, feedback, field } = point;
  const hint = status === "not_understood" ? fieldHint(field) : "";
  return (
    <li className={styles[status]}>
      <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
        <path d={SIGNS[status]} strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <p dir="auto">
        <b>{feedback === "" ? words.bareNo : `“${feedback}”`}</b> <span>{accountText[status]}.</span>
        {point.what_was_done !== "" && ` ${point.what_was_done}`}
        {findings.length > 0 && (
          <>
            {" "}
            {words.ledTo}{" "}
            {findings.map((finding, index) => (
              <span key={finding.id}>
                {index > 0 && ", "}
                <a
                  href={`#${anchorOf(finding.id)}`}
                  title={finding.claim}
                  aria-label={`${finding.id}: ${finding.claim}`}
                >
                  {finding.id}
                </a>
              </span>
            ))}
          </>
        )}
        {hint !== "" && <em> {hint}</em>}
      </p>
    </li>
  );
}
