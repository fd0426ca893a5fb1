import type { StoredPassage } from "@/protocol";
import { sortingText as words } from "@/strings";
import styles from "./context.module.css";
import { type PassageBlock, textOfBlock } from "./passage-lines";
import { spanOf } from "./passage-span";
import { useTaking } from "./taking";

/** Characters that a passage to add may have. */
const LONGEST = 2_000;

/** Takes one block of a document as a finding of its own, where findings are decided about. */
export function TakePassage({
  source,
  passage,
  block,
}: {
  /** Id of the document. */
  source: string;
  passage: StoredPassage;
  block: PassageBlock;
}) {
  const taking = useTaking();
  const span = taking === null ? null : spanOf(passage, block);
  if (taking === null || span === null || span.end - span.start > LONGEST) return null;
  const text = textOfBlock(block);
  const taken = taking.taken.some((each) => each.source === source && each.start === span.start);
  return (
    <button
      type="button"
      className={`link ${styles.take}`}
      aria-pressed={taken}
      aria-label={`${words.take}: ${text}`}
      onClick={() => taking.onTake({ source, ...span, text })}
    >
      {taken ? words.taken : words.take}
    </button>
  );
}
