import { type MouseEvent, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { type TakenPassage, TakingProvider } from "@/components/taking";
import { primaryOf } from "@/state/decision";
import type { DecisionDraft } from "@/state/decision-draft";
import { evidenceIn, quotedFrom } from "@/state/findings";
import { useDecisionDraft, useWriter } from "@/state/hooks";
import { outcomeOf } from "@/state/outcome";
import { lastDecided, type Review as OpenReview, type RunView, refusalOf } from "@/state/run";
import type { RunSession } from "@/state/session";
import { answerOf, isSorted, keepsNothing, sortingOf } from "@/state/sorting";
import { noteSuggestions, reviewText as words } from "@/strings";
import { Account } from "./account";
import { Added } from "./added";
import { Answers } from "./answers";
import { DecisionBar } from "./decision-bar";
import { DecisionFields } from "./decision-fields";
import { Due } from "./due";
import { EvidenceMap } from "./evidence-map";
import { isFindingLink } from "./finding-link";
import { FindingList } from "./finding-list";
import { GoneList } from "./gone-list";
import above from "./lines.module.css";
import { OutcomeLine } from "./outcome-line";
import styles from "./review.module.css";
import { SoFar } from "./so-far";
import { SourceFilter } from "./source-filter";
import { SourceList } from "./source-list";
import { Ticks } from "./ticks";
import { useDeciding } from "./use-deciding";
import { WishChips } from "./wish-chips";

export interface ReviewProps {
  session: RunSession;
  view: RunView;
  review: OpenReview;
  runId: string;
}

/** The findings of one round, and the decision about them. */
export function Review({ session, view, review, runId }: ReviewProps) {
  const { data } = review;
  const { findings, sources, round } = data;
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const [only, setOnly] = useState<string | null>(null);
  const writer = useWriter(view);
  const deciding = useDeciding({
    session,
    runId,
    review: review.seq,
    draft,
    change,
    answer: (response, reading) => answerOf(data, draft, response, reading),
  });
  const { wishes, settling } = deciding;
  const evidence = evidenceIn(findings);
  // What is set aside has its documents among the sources too.
  const quoted = sources.filter(({ id }) => quotedFrom(id, evidence).length > 0);
  const approved = sortingOf(data, draft, "approve", wishes);
  const kept = evidence.filter(({ id }) => approved.keep.includes(id)).map(({ id }) => id);
  // Beside what is shown: what comes back, and what was added.
  const more = data.aside.filter(({ id }) => approved.keep.includes(id)).length + (draft.added ?? []).length;
  const blocked = keepsNothing(data, draft);

  // What a link leads to must be there before the browser goes to look for it.
  const onClickCapture = (event: MouseEvent): void => {
    if (only !== null && isFindingLink(event.target)) flushSync(() => setOnly(null));
  };

  const taking = useTakingOf(draft, change);

  return (
    <TakingProvider value={taking}>
      <section className={styles.review} aria-label={words.region} onClickCapture={onClickCapture}>
        <div className={styles.findings}>
          <div className={styles.top}>
            <h2 className="label">{words.heading(round, evidence.length, quoted.length)}</h2>
            <Ticks findings={evidence} draft={draft} onDraft={change} />
          </div>
          <div className={above.lines}>
            <Due view={view} review={review} />
            <Answers data={data} />
            <Account used={data.feedback_used} notFound={data.not_found} findings={findings} />
          </div>
          {evidence.length === 0 && (
            <p className={styles.nothing}>{data.aside.length > 0 ? words.nothingNew : words.nothing}</p>
          )}
          <FindingList
            data={data}
            runId={runId}
            unticked={draft.unticked}
            {...(draft.never && { never: draft.never })}
            {...(draft.back && { back: draft.back })}
            {...(draft.edits && { edits: draft.edits })}
            only={only}
            verdicts={deciding.verdicts}
            onDraft={change}
          />
          <Added draft={draft} sources={sources} onDraft={change} />
          <GoneList gone={data.gone.filter(({ id }) => !data.aside.some((each) => each.id === id))} />
          <SoFar usage={data.usage} />
        </div>
        <div className={styles.side}>
          <EvidenceMap data={data} />
          <SourceFilter findings={evidence} sources={sources} only={only} onOnly={setOnly} />
          <SourceList findings={evidence} sources={sources} kept={kept} />
        </div>
        <DecisionBar
          view={view}
          refusal={refusalOf(view, review)}
          labels={words.buttons(kept.length + more, evidence.length + more)}
          primary={primaryOf(draft.feedback, blocked)}
          blocked={blocked ? words.keepOne : null}
          settling={settling}
          onDecide={deciding.decide}
          guarded={lastDecided(view) !== null}
        >
          <DecisionFields
            feedback={draft.feedback}
            placeholder={words.placeholder}
            onFeedback={(typed) => change((before) => ({ ...before, feedback: typed }))}
            note={draft.note ?? ""}
            onNote={(note) => change((before) => ({ ...before, note }))}
            showNote={draft.showNote === true}
            onShowNote={(showNote) => change((before) => ({ ...before, showNote }))}
            suggestions={noteSuggestions(writer)}
            readOnly={view.sending !== null || settling !== null}
          >
            <WishChips
              items={deciding.items}
              fallback={deciding.fallback}
              stale={deciding.stale}
              disabled={view.sending !== null}
              onMove={deciding.move}
            />
          </DecisionFields>
          <OutcomeLine
            outcomes={{
              approve: outcomeOf(data, draft, "approve", wishes),
              reject: outcomeOf(data, draft, "reject", wishes),
            }}
            keepsAll={!isSorted(draft) || draft.keepsAll === true ? draft.keepsAll === true : null}
            onKeepsAll={(keepsAll) => change((before) => ({ ...before, keepsAll }))}
          />
        </DecisionBar>
        {deciding.dialog}
      </section>
    </TakingProvider>
  );
}

/** Passages are taken from documents into the draft, and back. */
function useTakingOf({ added = NOTHING_ADDED }: DecisionDraft, change: Parameters<typeof Ticks>[0]["onDraft"]) {
  return useMemo(
    () => ({
      taken: added,
      onTake: (passage: TakenPassage): void =>
        change((before) => {
          const others = (before.added ?? []).filter(
            (each) => each.source !== passage.source || each.start !== passage.start,
          );
          const wasTaken = others.length < (before.added ?? []).length;
          return { ...before, added: wasTaken ? others : [...others, passage] };
        }),
    }),
    [added, change],
  );
}

const NOTHING_ADDED: TakenPassage[] = [];
