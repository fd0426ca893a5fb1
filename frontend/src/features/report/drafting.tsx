import { clockMoment } from "@/components/clock";
import { Stamp } from "@/components/stamp";
import { isReportRun, lastDecided, type RunView } from "@/state/run";
import { resultText, runText, stampText, reportText as words } from "@/strings";
import styles from "./report.module.css";

/** The report while it is being written: text only, its sections as they come. */
export function Drafting({ view }: { view: RunView }) {
  const decided = lastDecided(view);
  const isReport = isReportRun(view.run);
  // Of another workflow's many answers none is the one that led to this text.
  const decision = isReport || decided?.decision?.data.response === "approve" ? (decided?.decision ?? null) : null;
  return (
    <section className={styles.article} aria-label={isReport ? words.region : resultText.region} aria-busy="true">
      {decided !== null && decision !== null && (
        <Stamp
          tone="yes"
          what={isReport ? stampText.approved : stampText.approvedOther}
          who={`${decision.data.by}, ${clockMoment(decision.at)}`}
          small={
            isReport
              ? stampText.findings(
                  decision.data.keep?.length ?? decided.data.findings.length,
                  decided.data.findings.length,
                  decided.data.round,
                )
              : undefined
          }
        />
      )}
      {view.draft === null && <p className={styles.pending}>{words.writing}</p>}
      {view.draft?.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections of a draft are only added at the end
        <div key={index}>
          {section.heading !== "" && <h2 dir="auto">{section.heading}</h2>}
          <p className={styles.draft} dir="auto">
            {section.text}
          </p>
        </div>
      ))}
      <p className={styles.note}>{isReport ? runText.goesOnWriting : runText.goesOnOther}</p>
    </section>
  );
}
