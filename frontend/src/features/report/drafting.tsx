import { memo } from "react";
import { clockMoment } from "@/components/clock";
import { Stamp } from "@/components/stamp";
import { countReworded, evidenceIn, keptBy } from "@/state/findings";
import { useDoubts } from "@/state/hooks";
import { evidenceApproval, isReportRun, lastDecided, REPORT_REVIEW, type RunView } from "@/state/run";
import { nameOf, resultText, runText, stampText, reportText as words } from "@/strings";
import forms from "./blocks.module.css";
import { type DraftBlock, draftBlocks } from "./draft-blocks";
import styles from "./report.module.css";
import { Cells, Wide } from "./table";

/** The report while it is being written: text only, its sections as they come. */
export function Drafting({ view }: { view: RunView }) {
  const isReport = isReportRun(view.run);
  return (
    <section className={styles.article} aria-label={isReport ? words.region : resultText.region} aria-busy="true">
      {isReport ? <Approved view={view} /> : <Decided view={view} />}
      {view.draft === null && <p className={styles.pending}>{words.writing}</p>}
      {view.draft?.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections of a draft are only added at the end
        <DraftSection key={index} {...section} />
      ))}
      <p className={styles.note}>{isReport ? runText.goesOnWriting : runText.goesOnOther}</p>
    </section>
  );
}

/** Only the last section grows; the others are not rendered again. */
const DraftSection = memo(function DraftSection({ heading, text }: { heading: string; text: string }) {
  return (
    <div>
      {heading !== "" && <h2 dir="auto">{heading}</h2>}
      {draftBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a draft are only added at the end
        <Draft key={index} block={block} />
      ))}
    </div>
  );
});

/* Nothing in here has a key of its own: what was drafted stays where it is. */
function Draft({ block }: { block: DraftBlock }) {
  switch (block.kind) {
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={forms.list}>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} dir="auto">
              {item}
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        <Wide header={block.header}>
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <Cells cells={row} />
            </tr>
          ))}
        </Wide>
      );
    case "code":
      return (
        <figure className={forms.code}>
          <pre dir="ltr">{block.text}</pre>
        </figure>
      );
    default:
      return (
        <p className={styles.draft} dir="auto">
          {block.text}
        </p>
      );
  }
}

/** What the report is written from, and, when a text was sent back, by whom and why. */
function Approved({ view }: { view: RunView }) {
  const doubts = useDoubts();
  const approved = evidenceApproval(view);
  const last = lastDecided(view);
  const sentBack = last?.data.kind === REPORT_REVIEW && last.decision?.kind === "reject" ? last : null;
  return (
    <>
      <div className={styles.stamps}>
        {approved?.decision != null && (
          <Stamp
            tone="approve"
            what={stampText.approved}
            who={`${nameOf(approved.decision.data, doubts)}, ${clockMoment(approved.decision.at)}`}
            small={stampText.findings(
              keptBy(approved.decision.data, approved.data.findings),
              evidenceIn(approved.data.findings).length,
              approved.data.round,
            )}
          />
        )}
        {sentBack?.decision != null && (
          <Stamp
            tone="reject"
            what={stampText.sentBack}
            who={`${nameOf(sentBack.decision.data, doubts)}, ${clockMoment(sentBack.decision.at)}`}
          />
        )}
      </div>
      {approved?.decision != null && countReworded(approved.decision.data) > 0 && (
        <p className={styles.aside}>{stampText.reworded(countReworded(approved.decision.data))}</p>
      )}
      {sentBack?.decision != null && sentBack.decision.data.feedback !== "" && (
        <p className={styles.aside} dir="auto">
          “{sentBack.decision.data.feedback}”
        </p>
      )}
    </>
  );
}

/** Of another workflow's many answers only an approval is known to have led to this text. */
function Decided({ view }: { view: RunView }) {
  const doubts = useDoubts();
  const decision = lastDecided(view)?.decision ?? null;
  if (decision?.kind !== "approve") return null;
  return (
    <Stamp
      tone="approve"
      what={stampText.approvedOther}
      who={`${nameOf(decision.data, doubts)}, ${clockMoment(decision.at)}`}
    />
  );
}
