import type { Sentence } from "@/protocol";
import { useDoubts } from "@/state/hooks";
import { markOf, markPromise, marksText, reportText } from "@/strings";
import cited from "./citation.module.css";
import styles from "./marks.module.css";

/** What stands behind a wording that is not its quote's. Spans, since it opens inside a paragraph. */
export function MarkNote({ id, sentence, onClose }: { id: string; sentence: Sentence; onClose: () => void }) {
  const what = markOf(sentence, useDoubts());
  const { mark } = sentence;
  if (mark === null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a paragraph
    <span id={id} role="group" aria-label={marksText.region(what)} className={cited.panel}>
      <span className={styles.note}>
        <b>{what}.</b> {markPromise(mark)}
      </span>
      <span className={cited.origin}>
        <span />
        <button type="button" className="link" onClick={onClose}>
          {reportText.closeQuote}
        </button>
      </span>
    </span>
  );
}
