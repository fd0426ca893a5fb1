import type { Finding, Report, Sentence, UnitEdit } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";

/** What is to be done with one unit. */
export type Edit = Omit<UnitEdit, "unit">;
export type EditKind = keyof Edit;

export function kindOf(edit: Edit): EditKind {
  const kinds: EditKind[] = ["strike", "confirm", "replace", "comment"];
  return kinds.find((kind) => edit[kind] != null) ?? "strike";
}

/** An approved quote that can take the place of a unit, by the id that the protocol gives it: "f3.2". */
export interface ApprovedQuote {
  id: string;
  text: string;
}

/** The approved quotes of a report, those that a unit cites first. */
export function quotesFor(report: Report, unit: Sentence): ApprovedQuote[] {
  const cited = new Set(unit.cited.flatMap((citation) => citation.findings));
  const [first, others] = [true, false].map((isCited) => report.findings.filter(({ id }) => cited.has(id) === isCited));
  return [...(first ?? []), ...(others ?? [])].flatMap(quotesOf).filter(({ text }) => text !== unit.text);
}

function quotesOf({ id, quotes }: Finding): ApprovedQuote[] {
  return quotes.map(({ text, marked }, index) => ({
    id: `${id}.${index + 1}`,
    text:
      marked === null
        ? text
        : Array.from(text)
            .slice(...marked)
            .join(""),
  }));
}

/** The wording in whose place the check has put a quote; null where it has not. */
export function wordingBefore(report: Report, unit: Sentence): string | null {
  return report.changed.find((changed) => unit.id !== "" && changed.unit === unit.id)?.text ?? null;
}

export function unitsOf(report: Report): Sentence[] {
  return [...report.summary, ...report.sections.flatMap((section) => section.sentences)];
}

/** The draft with an edit of a unit; `null` takes it back. */
export function edited(draft: DecisionDraft, unit: string, edit: Edit | null): DecisionDraft {
  const { [unit]: _, ...others } = draft.text ?? {};
  return { ...draft, text: edit === null ? others : { ...others, [unit]: edit } };
}

/** `text` of a decision, where it says anything. */
export function textOf({ text = {} }: DecisionDraft): { text?: UnitEdit[] } {
  const edits = Object.entries(text).map(([unit, edit]) => ({ unit, ...edit }));
  return edits.length === 0 ? {} : { text: edits };
}
