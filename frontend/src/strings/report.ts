import type { JudgeScore, Report, Sentence } from "@/protocol";
import { count } from "./counting";
import { type Signed, withName } from "./decision";
import { markOf } from "./marks";

/** What servers of 0.1.0 said in every report without a model. */
const ALL_QUOTED = "This report is extractive: every sentence is quoted word for word from the approved sources.";
const FOR_THE_OPERATOR = "Set OPENAI_API_KEY to have a model write it instead.";

/** The note of a report, as far as it is so and meant for its readers. */
export function reportNote({ note, findings }: Report): string {
  const isReworded = findings.some((finding) => finding.reworded !== null);
  return note
    .replace(FOR_THE_OPERATOR, "")
    .replace(isReworded ? ALL_QUOTED : "", "")
    .trim();
}

export const reportText = {
  region: "Report",
  contents: "Contents",
  asked: "Asked:",
  writing: "The report is being written from the approved evidence.",
  extractive: "Extractive",
  model: (model: string): string => `Written with ${model}`,
  removedCount: (n: number): string => `${n} removed by the check`,
  /** "quote from Guide, quoted": what a number leads to, and how the text before it stands to that. */
  citation: (title: string, unit: Sentence, doubts: boolean): string =>
    [`quote from ${title}`, markOf(unit, doubts)].filter((part) => part !== "").join(", "),
  table: "Table",
  quoteFrom: (title: string): string => `Quote from ${title}`,
  closeQuote: "Close",
  toSource: "In the list of sources",
  summary: "Summary",
  notFound: "Not found",
  conflicts: "Where the evidence disagrees",
  sayOthers: (n: number): string => `${count(n, "independent source")} say so`,
  alsoIn: "also",
  revisionOf: "Revision of",
  download: "Download",
  formats: { md: "Markdown", html: "HTML", docx: "Word", pdf: "PDF", json: "JSON" },
  rewordedClaims: (n: number): string => `${count(n, "claim")} reworded before approval`,
  record: "Record",
  recordShows:
    "The record shows whether what was shown, decided and written was changed afterwards; sayso verify checks it.",
  recordHead: (links: number, head: string): string => `${count(links, "link")} before this report, head ${head}`,
  unused: "Approved, not used",
  used: (used: number, all: number): string => `${used} of ${count(all, "approved finding")} used`,
  empty: "No evidence was approved.",
  closed: (signed: Signed, doubts: boolean, when: string): string => `${withName("Closed", signed, doubts)}, ${when}.`,
  note: "Asked of the writer:",
  verified: (n: number): string => `${count(n, "quote")} verified`,
  rounds: (n: number): string => count(n, "round"),
  searched: (n: number): string => `Searched for ${count(n, "query", "queries")}`,
  made: "How it was made",
  facts: {
    sentences: "Sentences, each held against its quotes",
    supported: "Supported",
    quotes: "Quotes found word for word in their source",
    quotesRemoved: "Quotes left out, as they were not",
    removed: "Sentences removed",
    citationsRemoved: "Citations removed",
    judged: "Sentences that a model judged too",
    judge: "Judged by",
    rounds: "Rounds of research",
    writer: "Writer",
    record: "Record",
    usage: "Asked of the model",
  },
  judge: (model: string, score: JudgeScore | null): string =>
    score === null
      ? `${model}; how well it judges was not measured`
      : `${model}; of ${score.true + score.twisted} statements whose truth is known it accepts ` +
        `${score.accepted} of ${score.true} true ones and refuses ${score.refused} of ${score.twisted} twisted ones`,
  writerOf: (writer: string, model: string | null): string => {
    if (model !== null) return `Language model ${model}`;
    return writer === "extractive" ? "Extractive, without a model" : writer;
  },
  removed: "Removed by the check",
  changed: "Changed by the check",
  replaced: (n: number): string =>
    n === 1
      ? "One wording of the draft did not pass: the text of its quote stands instead."
      : `${n.toLocaleString()} wordings of the draft did not pass: the text of their quotes stands instead.`,
  takeBack: "In a review of the text, a person can take a wording back, by name.",
  drafted: "Draft:",
  instead: "Instead:",
  elsewhere: "It stands elsewhere in the report already.",
  why: "Why:",
  showChanged: "What it said, and why",
  sources: "Sources",
  quotes: (n: number): string => (n === 0 ? "no quotes" : count(n, "quote")),
  notCited: "not cited",
  of: (title: string): string => `of ${title}`,
};
