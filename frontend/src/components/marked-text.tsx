import type { Passage } from "./passage";

/** A quote with the sentence that carries the claim. Text only: nothing from a source is ever HTML. */
export function MarkedText({ passage }: { passage: Passage }) {
  return (
    <>
      {passage.before}
      {passage.marked !== "" && <mark>{passage.marked}</mark>}
      {passage.after}
    </>
  );
}
