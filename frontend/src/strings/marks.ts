import type { Mark, Sentence } from "@/protocol";
import { withName } from "./decision";

interface MarkWords {
  name: string;
  /** What it promises, and what not. */
  promise: string;
}

/** How a sentence, an item, a row or code stands to what it cites, in the order in which it is told. */
const MARKS: Record<Mark, MarkWords> = {
  quoted: {
    name: "quoted",
    promise: "It stands word for word in its quote. That does not say that the source is right.",
  },
  same: {
    name: "same",
    promise:
      "It says what its quote says, changed only by small edits of a closed list, such as an article or joined " +
      "clauses. That does not say that the source is right.",
  },
  reworded: {
    name: "reworded",
    promise:
      "Its figures, names, units and words of logic are those of a quote. Whether it means the same was not checked: " +
      "read the quote.",
  },
  confirmed: {
    name: "confirmed",
    promise: "A person took this wording, by name, over what the check said of it. The check does not vouch for it.",
  },
  translated: {
    name: "translated",
    promise:
      "Its quote is in another language and stands beside it. Figures, units, names and negations agree; whether it " +
      "means the same was not checked, unless it says that a model judged it.",
  },
};

export const MARK_ORDER = Object.keys(MARKS);

/** A mark that this page does not know, such as that of a newer server, is its own word. */
export function markName(mark: string): string {
  return knownMark(mark)?.name ?? mark;
}

export function markPromise(mark: string): string {
  return knownMark(mark)?.promise ?? "This page does not know what that promises. Read the quotes.";
}

/** What is said of one unit: "confirmed by Ada"; nothing of one without a mark. */
export function markOf(unit: Pick<Sentence, "mark" | "confirmed_by" | "confirmed_verified">, doubts: boolean): string {
  if (unit.mark !== "confirmed") return unit.mark === null ? "" : markName(unit.mark);
  const signed = { by: unit.confirmed_by, verified: unit.confirmed_verified };
  return withName(markName(unit.mark), signed, doubts);
}

function knownMark(mark: string): MarkWords | undefined {
  return Object.hasOwn(MARKS, mark) ? MARKS[mark as Mark] : undefined;
}

export const marksText = {
  translation: (judged: boolean): string =>
    judged ? "translated, judged by a model; in its source:" : "translated, meaning not checked; in its source:",
  open: "What these words promise",
  letters:
    "A number leads to its source, a letter to one of its quotes: 2b is the second quote of source 2. Files cite the " +
    "source alone, as [2].",
  about: (what: string): string => `${what}: what that means`,
  region: (what: string): string => `About this wording: ${what}`,
};

export const stripText = {
  region: "Evidence",
  hint: "One cell for each sentence, item, row or piece of code, in reading order, with the number of its source.",
  keys: "Arrow keys go from cell to cell.",
  cell: (at: number, mark: string, sources: string, text: string): string =>
    [`${at}`, mark, sources, text].filter((part) => part !== "").join(", "),
  from: (titles: string[]): string => (titles.length === 0 ? "" : `from ${titles.join(" and ")}`),
  unused: (claim: string, why: string): string => `Approved, not used: ${claim}${why === "" ? "" : ` (${why})`}`,
  hollow: "A hollow one was approved and not used.",
};
