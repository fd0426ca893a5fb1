import type { Source } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import { sortingText as words } from "@/strings";
import styles from "./review.module.css";

interface AddedProps {
  draft: DecisionDraft;
  sources: Source[];
  onDraft: (change: (before: DecisionDraft) => DecisionDraft) => void;
}

/** Passages that somebody took from documents, to be findings of their own. */
export function Added({ draft: { added = [] }, sources, onDraft }: AddedProps) {
  if (added.length === 0) return null;
  return (
    <section className={styles.added} aria-labelledby="added-title">
      <h3 id="added-title" className="label">
        {words.added}
      </h3>
      <ul>
        {added.map((passage) => (
          <li key={`${passage.source} ${passage.start}`}>
            <p dir="auto">{passage.text}</p>
            <small dir="auto">{sources.find(({ id }) => id === passage.source)?.title ?? passage.source}</small>{" "}
            <button
              type="button"
              className="link"
              aria-label={words.addedRemove(passage.text)}
              onClick={() =>
                onDraft((before) => ({ ...before, added: (before.added ?? []).filter((each) => each !== passage) }))
              }
            >
              {words.undo}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
