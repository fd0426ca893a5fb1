import type { UsageTotals } from "@/state/usage";
import { count } from "./counting";
import { type Signed, withName } from "./decision";

export const evidenceText = {
  page: (n: number): string => `page ${n}`,
  copies: (n: number): string => `Same text in ${count(n, "other file")}`,
  matchAlone: { strong: "strong", fair: "fair", weak: "weak" },
  match: { strong: "strong match", fair: "fair match", weak: "weak match" },
  agreeing: (n: number): string => `${n} independent sources`,
  reworded: (signed: Signed, doubts: boolean): string => withName("Reworded", signed, doubts),
  was: "was:",
  conflict: "These two cannot both be right",
  conflictDropped: "These two could not both be right; you keep one of them",
};

/** The review on one screen. */
export const answersText = {
  caption: "The best answer to each part of the question",
  part: "Part of the question",
  statement: "Best statement",
  document: "Document",
  match: "Match",
  nothing: "Nothing found",
  aside: "What was found is set aside",
  /** "5 parts: 3 answered, 1 not, 1 set aside" */
  tally: (parts: number, open: number, aside: number): string =>
    `${count(parts, "part")}: ${[
      `${parts - open - aside === parts ? "all" : parts - open - aside} answered`,
      ...(open > 0 ? [`${open} not`] : []),
      ...(aside > 0 ? [`${aside} set aside`] : []),
    ].join(", ")}`,
};

export const originText = {
  /** Sources by their kind. */
  kinds: { library: "Library", wikipedia: "Wikipedia", arxiv: "arXiv", web: "Web" } as Record<string, string>,
  tool: "MCP",
  authors: ([first, ...others]: string[]): string =>
    others.length > 1 ? `${first} et al.` : [first, ...others].join(" and "),
  aged: (date: string, years: number): string => `${date}, ${count(years, "year")} old`,
  superseded: "superseded",
  retrieved: (day: string): string => `retrieved ${day}`,
};

export const contextText = {
  open: "In context",
  of: (title: string): string => `In context: ${title}`,
  close: "Close",
  loading: "Reading the passage…",
  missing: "This passage was not stored with the run, so there is nothing around the quote to show.",
  failed: "The passage could not be read just now. The server may be out of reach.",
  retry: "Try again",
  passage: "Passage",
  drawing: "The page is being drawn…",
  notDrawn: "The page could not be shown just now; this is its text.",
  asPage: "Page",
  asText: "Text",
  view: "Show as",
  page: (n: number): string => `Page ${n}`,
  pageOf: (n: number, title: string, quote: string): string => `Page ${n} of ${title}, with the quote marked: ${quote}`,
  goesOn: "The quote ends on the next page.",
};

export const usageText = {
  /** "3 calls, 12,300 of 50,000 tokens, cost 0.02" */
  facts: ({ calls, tokens, budget, cost }: UsageTotals): string =>
    [
      count(calls, "call"),
      budget === null ? count(tokens, "token") : `${tokens.toLocaleString()} of ${count(budget, "token")}`,
      ...(cost === null ? [] : [`cost ${money(cost)}`]),
    ].join(", "),
  soFar: (facts: string): string => `So far ${facts}`,
};

/** No sign: the operator's prices are in a currency that only the operator knows. */
function money(cost: number): string {
  const digits = cost < 0.1 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return cost.toLocaleString(undefined, digits);
}
