import type { Finding, Report, Sentence, UnitEdit } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";

/** What is to be done with one unit. */
export type Edit = Omit<UnitEdit, "unit">;
export type EditKind = keyof Edit;

export function kindOf(edit: Edit): EditKind {
  const kinds: EditKind[] = ["strike", "confirm", "replace", "before", "after", "comment"];
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

/** Where a unit can be moved: before the first one, or past its neighbour on either side. */
export function movesOf(report: Report, unit: Sentence): { top?: Edit; up?: Edit; down?: Edit } {
  const units = unitsOf(report).filter(({ id }) => id !== "");
  const at = units.findIndex(({ id }) => id === unit.id);
  const [first, before, after] = [units[0], units[at - 1], units[at + 1]];
  return {
    ...(first !== undefined && at > 1 && { top: { before: first.id } }),
    ...(before !== undefined && { up: { before: before.id } }),
    ...(after !== undefined && { down: { after: after.id } }),
  };
}

/** The draft with an edit of a unit; `null` takes it back. */
export function edited(draft: DecisionDraft, unit: string, edit: Edit | null): DecisionDraft {
  const { [unit]: _, ...others } = draft.text ?? {};
  return { ...draft, text: edit === null ? others : { ...others, [unit]: edit } };
}

/** `text` of a decision, where it says anything: what the menus say, and what words say of other units. */
export function textOf({ text = {} }: DecisionDraft, worded: UnitEdit[] = []): { text?: UnitEdit[] } {
  const said = worded.filter(
    ({ unit }, at) => text[unit] === undefined && worded.findIndex((one) => one.unit === unit) === at,
  );
  const edits = [...Object.entries(text).map(([unit, edit]) => ({ unit, ...edit })), ...said];
  return edits.length === 0 ? {} : { text: edits };
}
