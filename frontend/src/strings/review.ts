import type { Decision } from "@/protocol";
import { count } from "./counting";

/** Wishes that a writer can honour. The one without a model shortens and reorders, and cannot word anything anew. */
export function noteSuggestions(writer: string, hasTable = false): string[] {
  const order = hasTable ? ["Start with the table"] : [];
  if (writer === "llm") return ["Shorter", "Plainer words", "For a board", ...order];
  return writer === "extractive" ? ["Shorter", "Three sentences", ...order] : [];
}

export const reviewText = {
  region: "Review",
  heading: (round: number, findings: number, sources: number): string =>
    findings === 0
      ? `Round ${round} · no good evidence found`
      : `Round ${round} · ${count(findings, "finding")} from ${count(sources, "source")}`,
  nothing: "Nothing in the sources answers this well. Say below what to look for, and research goes on.",
  nothingNew: "Nothing new was found. Tick what is to come back from what was set aside, or say what to look for.",
  keep: (claim: string): string => `Keep: ${claim}`,
  fresh: "New",
  kept: (round: number): string => `Kept from round ${round}`,
  used: "What was done with the feedback",
  bareNo: "Rejected without a word",
  notFound: "What got in the way",
  filter: "Show findings from",
  allSources: (n: number): string => `all ${count(n, "source")}`,
  filterChoice: (title: string, n: number): string => `${title} (${n})`,
  showing: (shown: number, all: number): string =>
    `Showing ${shown} of ${all}. Those that are hidden keep their ticks.`,
  showAll: "Show all",
  earlierRegion: "Earlier findings",
  earlier: (round: number, n: number): string =>
    `Round ${round}: ${n === 0 ? "no good evidence found" : count(n, "finding")}`,
  unanswered: "Nobody answered",
  notKept: "Dropped",
  sources: "Sources",
  droppedSource: "not used",
  findings: (n: number): string => count(n, "finding"),
  list: "Findings",
  others: (n: number): string => `and ${count(n, "more source")} ${n === 1 ? "says" : "say"} so`,
  bestOnly: "Only the best quote",
  rewordAction: "Reword",
  rewordLabel: (claim: string): string => `Reword: ${claim}`,
  wording: "The claim in your words",
  wordingHint: "The quote below stays as it is.",
  wordingDone: "Done",
  wordingReset: "Undo the rewording",
  byWords: "Found by words; the model left it out.",
  translated: "Translated from the quote, meaning not checked.",
  rewordedByYou: "Reworded by you",
  disagrees: "Disagrees with",
  ledTo: "See",
  gaps: (n: number): string => `Searched for, and not found: ${count(n, "point")}`,
  gap: "Not found:",
  gapKeep: "Say in the report that this was not found",
  gapDropped: "Will not be mentioned in the report",
  gone: (n: number): string => `${count(n, "finding")} ${n === 1 ? "is" : "are"} not shown any more`,
  goneWhy: { dropped: "dropped in review", aside: "set aside" },
  goneRound: (n: number): string => `found in round ${n}`,
  moreLines: (n: number): string => `… and ${count(n, "more line")}`,
  wholePassage: "Whole passage",
  lessPassage: "Less",
  feedback: "Feedback",
  placeholder: "What to search or leave out",
  note: "For the writer",
  showNote: "Show this note to readers of the report, if I approve",
  notePlaceholder: "Such as: three sentences",
  keys: (keys: string): string => `${keys} leads to the buttons.`,
  buttons: (kept: number, all: number): Record<Decision, string> => ({
    approve: approveLabel(kept, all),
    reject: "Send back",
  }),
  keepOne: "Keep at least one finding to approve, or send it back to research again.",
  suggestions: "Suggestions for the writer",
  retrying: "The connection is lost. Your decision is kept and sent as soon as it is back.",
  refused: "Not recorded:",
  beaten: "Another decision came first.",
  beatenRest: "Nobody can change that now. What you had prepared was not used:",
  ticks: (n: number): string => `${count(n, "finding")} unticked`,
  beatenWording: "Your wording:",
  beatenNote: "For the writer:",
  beatenNever: (n: number): string => `${count(n, "finding")} never again`,
  comment: "Comment",
  commentPlaceholder: "What should change, or a note",
};

function approveLabel(kept: number, all: number): string {
  if (all === 0) return "Approve without evidence";
  if (kept === all) return all === 1 ? "Approve 1 finding" : `Approve all ${all} findings`;
  return `Approve ${kept} of ${count(all, "finding")}`;
}

const RELEASE_BUTTONS: Record<Decision, string> = {
  approve: "Approve the report",
  reject: "Send back",
};

/** The review of a finished text. */
export const releaseText = {
  region: "Review of the text",
  band: "This is how it would be released. It has not been approved yet.",
  buttons: RELEASE_BUTTONS,
  placeholder: "What should change",
  askWhat: "Say what should change. To send it back without a word, press the button once more.",
};
