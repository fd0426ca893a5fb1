import { memo, useCallback, useMemo, useRef, useState } from "react";
import { Fold } from "@/components/fold";
import type { Conflict, Finding, ReviewData, Verdict } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import { conflictsOf, evidenceIn, gapsIn, quotedFrom, reword } from "@/state/findings";
import { groupsOf } from "@/state/parts";
import { isTicked } from "@/state/sorting";
import { sortingText, reviewText as words } from "@/strings";
import { FindingGroup, type Sorted } from "./finding-group";
import { anchorOf } from "./finding-link";
import { GapCard } from "./gap-card";
import styles from "./list.module.css";
import { useSeen } from "./use-seen";

interface FindingListProps extends Sorted {
  data: ReviewData;
  runId: string;
  /** Id of the source whose findings are shown; null for all of them. */
  only: string | null;
  verdicts: Verdict[];
  onDraft: (change: (before: DecisionDraft) => DecisionDraft) => void;
}

const NONE: Finding[] = [];

/**
 * The findings: new ones by the part of the question that they are on, the best first; then, folded, those that were
 * kept or set aside in earlier rounds, and what was not found. Hundreds of them may stand here: nothing of it is
 * rendered for a letter of the feedback, and one card for a tick.
 */
export const FindingList = memo(function FindingList({
  data,
  runId,
  only,
  verdicts,
  onDraft,
  ...sorted
}: FindingListProps) {
  const { findings, conflicts } = data;
  const root = useRef<HTMLDivElement>(null);
  // Where there is nothing else, it is what there is to decide about.
  const [asideOpen, setAsideOpen] = useState(true);
  const evidence = useMemo(() => evidenceIn(findings), [findings]);
  const shown = only === null ? evidence : quotedFrom(only, evidence);
  const fresh = shown.filter((finding) => finding.state === "new");
  const earlier = fresh.length > 0 ? shown.filter((finding) => finding.state === "kept") : NONE;
  const open = fresh.length > 0 ? fresh : shown;
  const aside = evidenceIn(only === null ? data.aside : quotedFrom(only, data.aside));
  const gaps = only === null ? gapsIn(findings) : NONE;
  const kept = evidence.filter(({ id }) => isTicked(id, sorted));
  const against = useOpponents(kept, conflicts);
  const onSeen = useCallback((ids: string[]) => onDraft((before) => seen(before, ids)), [onDraft]);
  useSeen(root, open.map(({ id }) => id).join(" "), onSeen);
  const shared = {
    data,
    runId,
    sorted,
    verdicts,
    against,
    tellsNew: fresh.length > 0 && (earlier.length > 0 || aside.length > 0),
    onToggle: useCallback((id: string) => onDraft((before) => seen(toggled(before, id), [id])), [onDraft]),
    onNever: useCallback(
      (id: string, reason: string | null) => onDraft((before) => seen(never(before, id, reason), [id])),
      [onDraft],
    ),
    onReword: useCallback(
      (finding: Finding, claim: string | null) =>
        onDraft((before) => seen(reword(before, finding, claim), [finding.id])),
      [onDraft],
    ),
  };
  const bringBack = useCallback((id: string) => onDraft((before) => broughtBack(before, id)), [onDraft]);
  const groups = only === null ? groupsOf(open, data.parts, gaps) : [{ topic: "", gap: null, findings: open }];
  return (
    <div ref={root}>
      <section aria-label={words.list}>
        {groups.map((group) => (
          <div key={group.topic} className={styles.group}>
            {groups.length > 1 && <h2 dir="auto">{group.topic === "" ? sortingText.noPart : group.topic}</h2>}
            {group.gap !== null && (
              <p className={styles.missing}>
                <a href={`#${anchorOf(group.gap)}`}>{sortingText.gapHere}</a>
              </p>
            )}
            {isOnlyNear(group.findings) && <p className={styles.hint}>{sortingText.onlyNear}</p>}
            <FindingGroup {...shared} findings={group.findings} />
          </div>
        ))}
      </section>
      {gaps.length > 0 && (
        <section aria-labelledby="gaps-title" className={styles.gaps}>
          <h3 id="gaps-title" className="label">
            {words.gaps(gaps.length)}
          </h3>
          {gaps.map((gap) => (
            <GapCard
              key={gap.id}
              finding={gap}
              kept={isTicked(gap.id, sorted)}
              onToggle={() => shared.onToggle(gap.id)}
            />
          ))}
        </section>
      )}
      {earlier.length > 0 && (
        <Fold className={styles.folded} label={sortingText.keptBefore(earlier.length)}>
          <FindingGroup {...shared} findings={earlier} />
        </Fold>
      )}
      {aside.length > 0 && (
        <Fold
          className={styles.folded}
          label={sortingText.asideBefore(aside.length)}
          {...(evidence.length === 0 && { open: asideOpen, onToggle: setAsideOpen })}
        >
          <p className={styles.hint}>{sortingText.asideHint}</p>
          <FindingGroup {...shared} findings={aside} aside onToggle={bringBack} />
        </Fold>
      )}
    </div>
  );
});

/** Whether there is something, and nothing of it surely answers. */
function isOnlyNear(findings: Finding[]): boolean {
  return findings.length > 0 && findings.every(({ near }) => near);
}

function toggled(draft: DecisionDraft, id: string): DecisionDraft {
  const { unticked } = draft;
  const { [id]: wasNever, ...never } = draft.never ?? {};
  if (wasNever !== undefined) return { ...draft, never, unticked: unticked.filter((each) => each !== id) };
  return {
    ...draft,
    unticked: unticked.includes(id) ? unticked.filter((each) => each !== id) : [...unticked, id],
  };
}

function never(draft: DecisionDraft, id: string, reason: string | null): DecisionDraft {
  const { [id]: _, ...others } = draft.never ?? {};
  const back = (draft.back ?? []).filter((each) => each !== id);
  return { ...draft, back, never: reason === null ? others : { ...others, [id]: reason } };
}

function broughtBack(draft: DecisionDraft, id: string): DecisionDraft {
  const { back = [] } = draft;
  const { [id]: _, ...others } = draft.never ?? {};
  return { ...draft, never: others, back: back.includes(id) ? back.filter((each) => each !== id) : [...back, id] };
}

function seen(draft: DecisionDraft, ids: string[]): DecisionDraft {
  const before = draft.seen ?? [];
  const more = ids.filter((id) => !before.includes(id));
  return more.length === 0 ? draft : { ...draft, seen: [...before, ...more] };
}

/** Of each kept finding the other kept ones that cannot be right if it is; the same as long as they are. */
function useOpponents(kept: Finding[], conflicts: Conflict[]): Map<string, Finding[]> {
  const ids = kept.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: findings of a review do not change, which are kept does
  return useMemo(() => {
    const against = new Map<string, Finding[]>();
    for (const { id } of kept) {
      const named = new Set(conflictsOf(id, conflicts).flatMap((conflict) => conflict.findings));
      const others = kept.filter((other) => other.id !== id && named.has(other.id));
      if (others.length > 0) against.set(id, others);
    }
    return against;
  }, [ids, conflicts]);
}
