import type { Finding, Quote, Report, ReportSource, Sentence } from "@/protocol";

/** What a sentence rests on in one of its sources. */
export interface Basis {
  /** The closest to the sentence first. */
  quotes: Quote[];
  /** Ids of the findings that these quotes belong to. */
  findings: string[];
}

/** The quotes that a sentence cites from a source; where the log does not say, the one that is most like it. */
export function basisOf(source: ReportSource, sentence: Sentence): Basis {
  const all = evidenceOf(source);
  const quotes = quotesCited(source, sentence).map((index) => all[index] ?? emptyQuote(source));
  const cited = sentence.cited.find((each) => each.n === source.n);
  return { quotes: quotes.length > 0 ? quotes : [emptyQuote(source)], findings: cited?.findings ?? [] };
}

/** The same as indexes into `evidenceOf`, the closest first; none where the source has no quote. */
export function quotesCited(source: ReportSource, sentence: Sentence): number[] {
  const all = evidenceOf(source);
  const cited = sentence.cited.find((each) => each.n === source.n)?.quotes ?? [];
  const known = cited.filter((index) => all[index] !== undefined);
  if (known.length > 0 || all.length === 0) return known;
  return [closestTo(sentence.text, all)];
}

/** Who else says what a sentence says: the number of independent sources, and those of the report beside this one. */
export function agreementOn(
  basis: Basis,
  source: ReportSource,
  report: Report,
): { sources: number; others: ReportSource[] } {
  const findings = report.findings.filter((finding) => basis.findings.includes(finding.id));
  const said = new Set(findings.flatMap((finding) => finding.quotes.map((quote) => quote.source)));
  return {
    sources: Math.max(0, ...findings.map((finding) => finding.agreeing)),
    others: report.sources.filter((other) => other.n !== source.n && said.has(other.id)),
  };
}

/** The sources of a report that a finding is quoted from. */
export function sourcesOf(finding: Finding, report: Report): ReportSource[] {
  return report.sources.filter((source) => finding.quotes.some((quote) => quote.source === source.id));
}

/** Index of the approved passage that a sentence most likely stands on. */
function closestTo(sentence: string, quotes: Quote[]): number {
  const wanted = words(sentence);
  let best = 0;
  let bestScore = -1;
  for (const [index, quote] of quotes.entries()) {
    const found = words(quote.text);
    let score = 0;
    for (const word of wanted) if (found.has(word)) score += 1;
    if (score > bestScore) [best, bestScore] = [index, score];
  }
  return best;
}

/** Every approved passage of a source, with its place and marked sentence where the server gave them. */
export function evidenceOf(source: ReportSource): Quote[] {
  if (source.evidence.length > 0) return source.evidence;
  return source.quotes.map((text) => ({ ...emptyQuote(source), text }));
}

function emptyQuote(source: ReportSource): Quote {
  return { text: "", kind: "sentence", marked: null, source: source.id, place: source.place };
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
}
