import type { Conflict, Finding, RecordedDecision, SentDecision } from "@/protocol";
import type { DecisionDraft } from "./decision-draft";

/** The findings with evidence; what was searched for in vain is a gap and counts by itself. */
export function evidenceIn(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.kind !== "gap");
}

export function gapsIn(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.kind === "gap");
}

/** How many of `ids` are findings with evidence; the protocol names gaps "g1", "g2", ... */
export function countEvidence(ids: string[]): number {
  return ids.filter((id) => !/^g\d/.test(id)).length;
}

/** How many findings with evidence a decision kept. No list means all. */
export function keptBy(decision: Pick<RecordedDecision, "keep">, findings: Finding[]): number {
  const evidence = evidenceIn(findings);
  const { keep } = decision;
  return keep === null ? evidence.length : evidence.filter((finding) => keep.includes(finding.id)).length;
}

/** How many claims a decision worded anew. */
export function countReworded(decision: Pick<RecordedDecision, "edits">): number {
  return Object.keys(decision.edits).length;
}

type Edits = Pick<DecisionDraft, "edits">;

/** The claim as it reads with what the person has typed so far. */
export function wordingOf(finding: Finding, draft: Edits): string {
  return draft.edits?.[finding.id] ?? finding.claim;
}

/** Whether a person has worded this claim anew, in a way that says something. */
export function isReworded(finding: Finding, draft: Edits): boolean {
  const typed = oneLine(draft.edits?.[finding.id] ?? "");
  return typed !== "" && typed !== oneLine(finding.claim);
}

/** The draft with a claim worded anew; `null` takes the wording back. */
export function reword(draft: DecisionDraft, finding: Finding, claim: string | null): DecisionDraft {
  const { [finding.id]: _, ...others } = draft.edits ?? {};
  const edits = claim === null || claim === finding.claim ? others : { ...others, [finding.id]: claim };
  return { ...draft, edits };
}

/** `edits` of a decision, only when it says something; a finding that is not used keeps its words. */
export function editsOf(findings: Finding[], draft: DecisionDraft): Pick<SentDecision, "edits"> {
  const used = findings.filter(({ id }) => !draft.unticked.includes(id) && draft.never?.[id] === undefined);
  const reworded = used.filter((finding) => isReworded(finding, draft));
  if (reworded.length === 0) return {};
  return { edits: Object.fromEntries(reworded.map((finding) => [finding.id, oneLine(wordingOf(finding, draft))])) };
}

/** Whether a claim says what its best quote marks, so that one of the two is enough. */
export function saysItsQuote({ claim, mark, quotes }: Finding): boolean {
  const [best] = quotes;
  // A row is told with the names of its columns, which stand in its quote alone.
  if (best === undefined || best.kind === "row") return false;
  if (mark === "quoted" || mark === "same") return true;
  const [start, end] = best.marked ?? [0, 0];
  return lettersOf(Array.from(best.text).slice(start, end).join("")) === lettersOf(claim);
}

/** Letters and digits alone: neither spaces nor the signs of a list or of Markdown say anything else. */
function lettersOf(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** The conflicts that a finding takes part in. */
export function conflictsOf(id: string, conflicts: Conflict[]): Conflict[] {
  return conflicts.filter((conflict) => conflict.findings.includes(id));
}

/** The findings that are quoted from a source. */
export function quotedFrom(source: string, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.quotes.some((quote) => quote.source === source));
}

/** The conflicts to show above each finding: above the first, in the order shown, that takes part. */
export function conflictsAbove(findings: Finding[], conflicts: Conflict[]): Map<string, Conflict[]> {
  const above = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const first = findings.find((finding) => conflict.findings.includes(finding.id));
    if (first !== undefined) above.set(first.id, [...(above.get(first.id) ?? []), conflict]);
  }
  return above;
}

/** How well a quote matches what was asked, as a word; null where nothing is known of it. */
export function matchWord({ match, near }: Pick<Finding, "match" | "near">): "strong" | "fair" | "weak" | null {
  if (match === null) return null;
  if (near || match < 0.4) return "weak";
  return match >= 0.7 ? "strong" : "fair";
}

/** A claim is one line; what was pasted may have been several. */
function oneLine(text: string): string {
  return text.split(/\s+/).join(" ").trim();
}

/** Sentences of the passages that a finding is quoted from, which could be its claim as well; lines, where it is code. */
export function otherSentences({ claim, quotes }: Finding): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  const sentences = quotes.flatMap(({ text, kind }) =>
    text
      .split("\n")
      .flatMap((line) =>
        kind === "code" || kind === "row" ? [line] : Array.from(segmenter.segment(line), (part) => part.segment),
      ),
  );
  const said = new Set(sentences.map((sentence) => sentence.trim()));
  return [...said].filter((sentence) => /\p{L}/u.test(sentence) && lettersOf(sentence) !== lettersOf(claim));
}
