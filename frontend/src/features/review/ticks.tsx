import type { Finding } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import { sortingText as words } from "@/strings";
import styles from "./review.module.css";

interface TicksProps {
  findings: Finding[];
  draft: DecisionDraft;
  onDraft: (change: (before: DecisionDraft) => DecisionDraft) => void;
}

/** All ticks at once, and how many of the findings were looked at. */
export function Ticks({ findings, draft, onDraft }: TicksProps) {
  if (findings.length === 0) return null;
  const ids = findings.map(({ id }) => id);
  const looked = ids.filter((id) => draft.seen?.includes(id)).length;
  const earlier = findings.filter(({ state }) => state === "kept").map(({ id }) => id);
  const untick = (these: string[]): void =>
    onDraft((before) => {
      // Gaps have boxes of their own and keep them as they are.
      const others = before.unticked.filter((id) => !ids.includes(id));
      return { ...before, unticked: [...others, ...these] };
    });
  return (
    <div className={styles.ticks}>
      <span aria-live="off">{words.seen(looked, ids.length)}</span>
      <fieldset>
        <legend className="sr">{words.ticks}</legend>
        <button type="button" className="link" onClick={() => untick([])}>
          {words.all}
        </button>
        <button type="button" className="link" onClick={() => untick(ids)}>
          {words.none}
        </button>
        {earlier.length > 0 && earlier.length < ids.length && (
          <button type="button" className="link" onClick={() => untick(earlier)}>
            {words.onlyNew}
          </button>
        )}
      </fieldset>
    </div>
  );
}
