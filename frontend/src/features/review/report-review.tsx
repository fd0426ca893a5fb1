import type { ReactNode } from "react";
import { UnitToolsProvider } from "@/components/unit-tools";
import type { Report } from "@/protocol";
import { primaryOf } from "@/state/decision";
import { useDecisionDraft, useWriter } from "@/state/hooks";
import { refusalOf } from "@/state/run";
import { textAnswerOf } from "@/state/sorting";
import { edited } from "@/state/text-edits";
import { noteSuggestions, textReviewText, releaseText as words } from "@/strings";
import { Account } from "./account";
import { Changes } from "./changes";
import { DecisionBar } from "./decision-bar";
import { DecisionFields } from "./decision-fields";
import { Due } from "./due";
import type { ReviewProps } from "./review";
import styles from "./review.module.css";
import { SoFar } from "./so-far";
import { TextEdits } from "./text-edits";
import { UnitMenu } from "./unit-menu";
import { useDeciding } from "./use-deciding";
import { WishChips } from "./wish-chips";

interface ReportReviewProps extends ReviewProps {
  report: Report;
  /** The text, as it would be released. */
  children: ReactNode;
}

/** The finished text, unit by unit, and the decision about it. */
export function ReportReview({ session, view, review, runId, report, children }: ReportReviewProps) {
  const { data } = review;
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const writer = useWriter(view);
  const deciding = useDeciding({
    session,
    runId,
    review: review.seq,
    draft,
    change,
    answer: (response, reading) => textAnswerOf(draft, response, reading),
  });
  const { text = {} } = draft;
  const hasTable = report.sections.some(({ blocks }) => blocks.some(({ kind }) => kind === "table"));
  const edits = Object.values(text);
  const asksForMore = edits.some((edit) => edit.comment != null);
  const silent = draft.feedback.trim() === "" && edits.length === 0;
  return (
    <section className={styles.release} aria-label={words.region}>
      <p className={styles.band}>{words.band}</p>
      <Due view={view} review={review} />
      <SoFar usage={data.usage} />
      <Account used={data.feedback_used} notFound={[]} findings={[]} />
      <Changes version={data.version} changes={data.changes} />
      <UnitToolsProvider
        tools={(unit) =>
          unit.id === "" ? null : (
            <UnitMenu
              report={report}
              unit={unit}
              edit={text[unit.id]}
              onEdit={(edit) => change((before) => edited(before, unit.id, edit))}
            />
          )
        }
      >
        {children}
      </UnitToolsProvider>
      <DecisionBar
        view={view}
        refusal={refusalOf(view, review)}
        labels={words.buttons}
        primary={primaryOf(draft.feedback, asksForMore)}
        blocked={asksForMore ? textReviewText.commented : null}
        asksWhy={silent ? words.askWhat : null}
        settling={deciding.settling}
        onDecide={deciding.decide}
        guarded
      >
        <DecisionFields
          feedback={draft.feedback}
          placeholder={words.placeholder}
          onFeedback={(feedback) => change((before) => ({ ...before, feedback }))}
          note={null}
          showNote={draft.showNote === true}
          onShowNote={(showNote) => change((before) => ({ ...before, showNote }))}
          suggestions={noteSuggestions(writer, hasTable)}
          readOnly={view.sending !== null || deciding.settling !== null}
        >
          <WishChips
            items={deciding.items}
            fallback={deciding.fallback}
            stale={deciding.stale}
            disabled={view.sending !== null}
            onMove={deciding.move}
          />
        </DecisionFields>
        <TextEdits report={report} edits={text} onUndo={(unit) => change((before) => edited(before, unit, null))} />
      </DecisionBar>
      {deciding.dialog}
    </section>
  );
}
