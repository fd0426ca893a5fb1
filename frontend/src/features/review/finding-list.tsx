import { Fragment, memo, useCallback, useMemo } from "react";
import { ConflictBlock } from "@/components/conflict";
import type { Conflict, Finding, ReviewData } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import {
  conflictsAbove,
  conflictsOf,
  evidenceIn,
  gapsIn,
  isReworded,
  quotedFrom,
  reword,
  wordingOf,
} from "@/state/findings";
import { reviewText as words } from "@/strings";
import { FindingCard } from "./finding-card";
import { anchorOf } from "./finding-link";
import { GapCard } from "./gap-card";
import styles from "./review.module.css";

interface FindingListProps {
  data: ReviewData;
  runId: string;
  dropped: DecisionDraft["dropped"];
  edits: DecisionDraft["edits"];
  /** Id of the source whose findings are shown; null for all of them. */
  only: string | null;
  onDraft: (change: (before: DecisionDraft) => DecisionDraft) => void;
}

const NONE: Finding[] = [];

/**
 * The findings, with what cannot both be right said above it, and then what was not found. Hundreds of them may stand
 * here: nothing of it is rendered for a letter of the feedback, and one card for a tick.
 */
export const FindingList = memo(function FindingList({ data, runId, dropped, edits, only, onDraft }: FindingListProps) {
  const { findings, conflicts } = data;
  const evidence = useMemo(() => evidenceIn(findings), [findings]);
  const kept = useMemo(() => evidence.filter(({ id }) => !dropped.includes(id)), [evidence, dropped]);
  const shown = only === null ? evidence : quotedFrom(only, evidence);
  const gaps = only === null ? gapsIn(findings) : NONE;
  const above = conflictsAbove(shown, conflicts);
  const against = useMemo(() => opponents(kept, conflicts), [kept, conflicts]);
  const toggle = useCallback((id: string) => onDraft((before) => toggled(before, id)), [onDraft]);
  const onReword = useCallback(
    (finding: Finding, claim: string | null) => onDraft((before) => reword(before, finding, claim)),
    [onDraft],
  );
  const isKept = (id: string): boolean => !dropped.includes(id);
  const among = (conflict: Conflict) => evidence.filter((finding) => conflict.findings.includes(finding.id));
  return (
    <>
      <section aria-label={words.list}>
        {shown.map((finding) => (
          <Fragment key={finding.id}>
            {(above.get(finding.id) ?? []).map((conflict) => (
              <ConflictBlock
                key={conflict.findings.join(" ")}
                why={conflict.why}
                settled={among(conflict).filter((each) => isKept(each.id)).length < 2}
                claims={among(conflict).map((each) => ({
                  id: each.id,
                  text: <a href={`#${anchorOf(each.id)}`}>{wordingOf(each, { edits })}</a>,
                }))}
              />
            ))}
            <FindingCard
              finding={finding}
              sources={data.sources}
              runId={runId}
              kept={isKept(finding.id)}
              wording={wordingOf(finding, { edits })}
              reworded={isReworded(finding, { edits })}
              against={against.get(finding.id) ?? NONE}
              onToggle={toggle}
              onReword={onReword}
            />
          </Fragment>
        ))}
      </section>
      {gaps.length > 0 && (
        <section aria-labelledby="gaps-title" className={styles.gaps}>
          <h3 id="gaps-title" className="label">
            {words.gaps(gaps.length)}
          </h3>
          {gaps.map((gap) => (
            <GapCard key={gap.id} finding={gap} kept={isKept(gap.id)} onToggle={() => toggle(gap.id)} />
          ))}
        </section>
      )}
    </>
  );
});

function toggled(draft: DecisionDraft, id: string): DecisionDraft {
  const { dropped } = draft;
  return { ...draft, dropped: dropped.includes(id) ? dropped.filter((each) => each !== id) : [...dropped, id] };
}

/** Of each kept finding the other kept ones that cannot be right if it is. */
function opponents(kept: Finding[], conflicts: Conflict[]): Map<string, Finding[]> {
  const against = new Map<string, Finding[]>();
  for (const { id } of kept) {
    const named = new Set(conflictsOf(id, conflicts).flatMap((conflict) => conflict.findings));
    const others = kept.filter((other) => other.id !== id && named.has(other.id));
    if (others.length > 0) against.set(id, others);
  }
  return against;
}
