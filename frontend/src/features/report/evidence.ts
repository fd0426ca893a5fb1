import type { Quote, ReportSource } from "@/protocol";

/** The approved passage of a source that a sentence most likely stands on. */
export function bestQuote(source: ReportSource, sentence: string): Quote {
  const quotes = evidenceOf(source);
  const wanted = words(sentence);
  let best = quotes[0] ?? emptyQuote(source);
  let bestScore = -1;
  for (const quote of quotes) {
    const found = words(quote.text);
    let score = 0;
    for (const word of wanted) if (found.has(word)) score += 1;
    if (score > bestScore) [best, bestScore] = [quote, score];
  }
  return best;
}

/** Every approved passage of a source, with its place and marked sentence where the server gave them. */
export function evidenceOf(source: ReportSource): Quote[] {
  if (source.evidence.length > 0) return source.evidence;
  return source.quotes.map((text) => ({ ...emptyQuote(source), text }));
}

function emptyQuote(source: ReportSource): Quote {
  return { text: "", marked: null, source: source.id, place: source.place };
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
}
