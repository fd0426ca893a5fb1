import { clockMoment } from "@/components/clock";
import { Rewording } from "@/components/rewording";
import { Stamp } from "@/components/stamp";
import type { Approval, Report } from "@/protocol";
import { countEvidence } from "@/state/findings";
import { useDoubts } from "@/state/hooks";
import { isEmpty, usedOf } from "@/state/report";
import { count, inboxText, nameOf, stampText, reportText as words } from "@/strings";
import styles from "./report.module.css";

/** The figures of a report in a line. */
export function Facts({ report }: { report: Report }) {
  const { gate } = report;
  const sentences = inboxText.sentences(gate.sentences, gate.supported);
  return (
    <p className={styles.facts}>
      {sentences !== "" && <span>{sentences}</span>}
      {gate.removed > 0 && <span>{words.removedCount(gate.removed)}</span>}
      {gate.quotes > 0 && <span>{words.verified(gate.quotes)}</span>}
      {report.unused.length > 0 && <span>{words.used(...usedOf(report))}</span>}
      {report.sources.length > 0 && <span>{count(report.sources.length, "source")}</span>}
      <span>{report.model === null ? words.extractive : words.model(report.model)}</span>
    </p>
  );
}

/** Who approved what. Only an approval of the text itself makes it an approved report. */
export function Approvals({ report }: { report: Report }) {
  const reworded = report.findings.filter((finding) => finding.reworded !== null);
  const notes = report.approvals.filter((approval) => approval.show_note && approval.note !== "");
  const doubts = useDoubts();
  if (isEmpty(report)) return <Closed report={report} />;
  return (
    <div className={styles.approvals}>
      <div className={styles.stamps}>
        {report.approvals.map((approval) => (
          <Stamp key={`${approval.kind} ${approval.at}`} tone="approve" {...stampOf(approval, doubts)} />
        ))}
      </div>
      {notes.map((approval) => (
        <p key={`${approval.kind} ${approval.at}`} className={styles.aside} dir="auto">
          {words.note} {approval.note}
        </p>
      ))}
      {reworded.length > 0 && (
        <details className={styles.aside}>
          <summary>{words.rewordedClaims(reworded.length)}</summary>
          <ul>
            {reworded.map((finding) => (
              <li key={finding.id} dir="auto">
                {finding.claim}
                {finding.reworded !== null && <Rewording reworded={finding.reworded} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Where nothing was approved that could have been written from, nobody's name is under a success. */
function Closed({ report }: { report: Report }) {
  const last = report.approvals.at(-1);
  const doubts = useDoubts();
  return (
    <p className={styles.approvals}>
      <strong>{words.empty}</strong> {last !== undefined && words.closed(last, doubts, clockMoment(last.at))}
    </p>
  );
}

function stampOf(approval: Approval, doubts: boolean): { what: string; who: string; small?: string } {
  const who = `${nameOf(approval, doubts)}, ${clockMoment(approval.at)}`;
  if (approval.kind === "report") return { what: stampText.released, who };
  const kept = countEvidence(approval.kept);
  const small = stampText.findings(kept, kept + countEvidence(approval.dropped), approval.round);
  return { what: stampText.approved, who, small };
}
