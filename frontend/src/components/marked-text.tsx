import type { Passage } from "./passage";

/** A quote with the sentence that carries the claim. Text only: nothing from a source is ever HTML. */
export function MarkedText({ passage }: { passage: Passage }) {
  return (
    <>
      {tight(passage.before)}
      {passage.marked !== "" && <mark>{tight(passage.marked)}</mark>}
      {tight(passage.after)}
    </>
  );
}

/** Lines stay lines; the blank ones between them would only stretch a quote. */
export function tight(text: string): string {
  return text.replace(/\n\s*\n/g, "\n");
}
