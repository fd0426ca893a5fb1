import { type MouseEvent, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useSignature } from "@/components/signature";
import type { Decision } from "@/protocol";
import { primaryOf } from "@/state/decision";
import { evidenceIn } from "@/state/findings";
import { useDecisionDraft, useReading, useWriter } from "@/state/hooks";
import { outcomeOf } from "@/state/outcome";
import { lastDecided, type Review as OpenReview, type RunView, refusalOf } from "@/state/run";
import type { RunSession } from "@/state/session";
import { answerOf, isSorted, keepsNothing, sortingOf } from "@/state/sorting";
import { itemsOf, type Move, wishesOf } from "@/state/wishes";
import { noteSuggestions, reviewText as words } from "@/strings";
import { Account } from "./account";
import { Added } from "./added";
import { DecisionBar } from "./decision-bar";
import { DecisionFields } from "./decision-fields";
import { Due } from "./due";
import { EvidenceMap } from "./evidence-map";
import { isFindingLink } from "./finding-link";
import { FindingList } from "./finding-list";
import { GoneList } from "./gone-list";
import { OutcomeLine } from "./outcome-line";
import styles from "./review.module.css";
import { SoFar } from "./so-far";
import { SourceFilter } from "./source-filter";
import { SourceList } from "./source-list";
import { Ticks } from "./ticks";
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
  const [settling, setSettling] = useState<Decision | null>(null);
  const { sign, dialog } = useSignature();
  const writer = useWriter(view);
  const feedback = draft.feedback.trim();
  const { edits = {} } = draft;
  const request = useMemo(() => ({ response: "reject", feedback, edits: reworded(edits) }), [feedback, edits]);
  const { reading, current, settled } = useReading(runId, review.seq, request);
  const items = feedback === "" ? [] : itemsOf(reading, draft.moves);
  const read = current && reading !== null ? wishesOf(items, reading) : undefined;
  const evidence = evidenceIn(findings);
  const approved = sortingOf(data, draft, "approve", read);
  const kept = evidence.filter(({ id }) => approved.keep.includes(id)).map(({ id }) => id);
  // Beside what is shown: what comes back, and what was added.
  const more = data.aside.filter(({ id }) => approved.keep.includes(id)).length + (draft.added ?? []).length;
  const blocked = keepsNothing(data, draft);

  const decide = (response: Decision): void =>
    sign((by) => {
      const send = (known: typeof reading): void => {
        const decision = { ...answerOf(data, draft, response, known), review: review.seq, by };
        change((before) => ({ ...before, responseId: session.decide(decision) }));
      };
      if (current) return send(feedback === "" ? null : reading);
      setSettling(response);
      void settled().then((known) => {
        setSettling(null);
        send(known);
      });
    });
  const move = (key: string, made: Move): void =>
    change((before) => ({ ...before, moves: { ...before.moves, [key]: made } }));
  // What a link leads to must be there before the browser goes to look for it.
  const onClickCapture = (event: MouseEvent): void => {
    if (only !== null && isFindingLink(event.target)) flushSync(() => setOnly(null));
  };

  return (
    <section className={styles.review} aria-label={words.region} onClickCapture={onClickCapture}>
      <div className={styles.findings}>
        <div className={styles.top}>
          <h2 className="label">{words.heading(round, evidence.length, sources.length)}</h2>
          <Ticks findings={evidence} draft={draft} onDraft={change} />
        </div>
        <Due view={view} review={review} />
        <SoFar usage={data.usage} />
        <Account used={data.feedback_used} notFound={data.not_found} findings={findings} />
        {evidence.length === 0 && <p className={styles.nothing}>{words.nothing}</p>}
        <FindingList
          data={data}
          runId={runId}
          unticked={draft.unticked}
          {...(draft.never && { never: draft.never })}
          {...(draft.back && { back: draft.back })}
          {...(draft.edits && { edits: draft.edits })}
          only={only}
          verdicts={reading?.edits ?? NO_VERDICTS}
          onDraft={change}
        />
        <Added draft={draft} sources={sources} onDraft={change} />
        <GoneList gone={data.gone.filter(({ id }) => !data.aside.some((each) => each.id === id))} />
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
        onDecide={decide}
        guarded={lastDecided(view) !== null}
      >
        <DecisionFields
          feedback={draft.feedback}
          placeholder={words.placeholder}
          onFeedback={(typed) => change((before) => ({ ...before, feedback: typed }))}
          note={draft.note ?? ""}
          onNote={(note) => change((before) => ({ ...before, note }))}
          showNote={draft.showNote === true}
          onShowNote={(showNote) => change({ ...draft, showNote })}
          suggestions={noteSuggestions(writer)}
          readOnly={view.sending !== null || settling !== null}
        >
          <WishChips items={items} stale={!current} disabled={view.sending !== null} onMove={move} />
        </DecisionFields>
        <OutcomeLine
          outcomes={{
            approve: outcomeOf(data, draft, "approve", read),
            reject: outcomeOf(data, draft, "reject", read),
          }}
          keepsAll={!isSorted(draft) || draft.keepsAll === true ? draft.keepsAll === true : null}
          onKeepsAll={(keepsAll) => change((before) => ({ ...before, keepsAll }))}
        />
      </DecisionBar>
      {dialog}
    </section>
  );
}

const NO_VERDICTS: [] = [];

/** The wordings that say something. */
function reworded(edits: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(edits).filter(([, text]) => text.trim() !== ""));
}
