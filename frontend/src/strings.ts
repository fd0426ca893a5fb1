import type { Link } from "@/connection/run-connection";
import { assertNever } from "@/protocol";
import type { Problem } from "@/state/answer-response";
import type { Group } from "@/state/inbox";
import type { Phase, Station } from "@/state/phase";

/** Every English word of the page. */

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`;
}

export const PHASES: Record<Phase, string> = {
  researching: "Researching",
  waiting: "Waiting for your decision",
  writing: "Writing",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** Of a hosted workflow we do not know what it is at. */
export function phaseName(phase: Phase, isReport: boolean): string {
  return !isReport && (phase === "researching" || phase === "writing") ? "Working" : PHASES[phase];
}

export const STATION_NAMES: Record<Station, string> = {
  plan: "Plan",
  search: "Search",
  review: "Review",
  write: "Write",
  done: "Done",
};

export const LINKS: Record<Link, string> = {
  connecting: "Connecting…",
  connected: "Connected",
  reconnecting: "Reconnecting…",
  closed: "",
};

export const GROUPS: Record<Group, string> = {
  waiting: "Waiting for your decision",
  running: "Running",
  today: "Today",
  yesterday: "Yesterday",
  week: "Last seven days",
  earlier: "Earlier",
};

export const SUGGESTIONS = ["Too narrow", "Out of date", "Needs numbers"];

export const header = {
  name: "Your name",
  namePlaceholder: "Your name",
  documents: (n: number, sample: boolean): string => `${count(n, "document")}${sample ? " (sample)" : ""}`,
  offline: (title: string): string => `${title} offline`,
  noWriter: "no writer",
};

export const asking = {
  placeholder: "What should be researched?",
  start: "Start research",
  placeholderOther: (title: string): string => `What is it about? This starts “${title}”.`,
  startOther: "Start",
  starting: "Starting…",
  unreachable: "The server does not answer. Your question is kept and starts as soon as it does.",
  sources: "Sources",
  writer: "Writer",
  workflow: "Workflow",
  try: "Try",
  tooLong: (limit: number): string => `A question has at most ${limit.toLocaleString()} characters.`,
  lastSource: "At least one source is searched.",
};

export const inboxText = {
  title: "Sayso",
  loading: "Reading the list…",
  unreachable: "The server does not answer. Trying again every few seconds.",
  stale: "The server does not answer; this list may be old.",
  empty: "Nothing here yet. Ask a question above: you will see what was found before anything is written.",
  older: "Show older",
  decide: "Decide",
  searching: "Searching",
  working: "Working",
  round: (n: number): string => `Round ${n}`,
  found: (findings: number, sources: number): string =>
    findings === 0 ? "no good evidence found" : `${count(findings, "finding")} from ${count(sources, "source")}`,
  isNew: (n: number): string => `${n} new since your feedback`,
  sentences: (n: number, supported: number): string =>
    n === supported ? `${count(n, "sentence")}, all supported` : `${supported} of ${count(n, "sentence")} supported`,
  approvedBy: (by: string): string => `evidence approved by ${by}`,
};

export const runText = {
  title: { waiting: (question: string): string => `● Decide: ${question}` },
  timeline: "Timeline",
  stages: "Stages",
  round: (n: number): string => `Round ${n}`,
  goesOn: "You can close this page. The research goes on, and what it finds waits here for your decision.",
  goesOnWriting: "You can close this page. The report will be here when it is written.",
  goesOnOther: "You can close this page. The work goes on, and what it asks waits here for your answer.",
  starting: "Getting ready",
  loading: "Opening the run…",
  since: (time: string): string => `since ${time}`,
  waitingForYou: "Waiting for you",
  notAnswered: "Nobody answered",
  finished: "Report finished",
  finishedOther: "Finished",
  wholeText: "Whole text",
  lessText: "Less",
  of: (done: number, total: number): string => `${done.toLocaleString()} of ${total.toLocaleString()}`,
  askAgain: "Ask again",
  home: "All questions",
  noId: "This address names no run.",
  missing: "There is no such run",
  missingHint: "It may have been deleted, or the address is incomplete.",
  deleted: "This run was deleted",
  deletedHint: "Its log and its result are erased for everybody.",
  failed: "The run failed",
  failedHint: "Ask again to start a new run with the same question.",
  cancelled: "No report was written.",
  cancelledOther: "There is no result.",
  cancel: "Cancel run",
  cancelling: "Cancelling…",
  cancelQuestion: "Cancel this run?",
  cancelHint: "The research stops and no report will be written.",
  cancelHintOther: "The work stops, and there will be no result.",
  cancelNo: "Keep it",
  cancelYes: "Cancel the run",
  notDone: "The server did not accept that:",
};

export const reviewText = {
  region: "Review",
  heading: (round: number, findings: number, sources: number): string =>
    findings === 0
      ? `Round ${round} · no good evidence found`
      : `Round ${round} · ${count(findings, "finding")} from ${count(sources, "source")}`,
  nothing: "Nothing in the sources answers this well. Say below what to look for, and research goes on.",
  keep: (claim: string): string => `Keep: ${claim}`,
  fresh: "New",
  kept: (round: number): string => `Kept from round ${round}`,
  dropped: "Dropped by you: will not appear in the report",
  used: "What was done with the feedback",
  bareNo: "Rejected without a word",
  notFound: "No good evidence for",
  sources: "Sources",
  droppedSource: "dropped",
  findings: (n: number): string => count(n, "finding"),
  page: (n: number): string => `page ${n}`,
  wholePassage: "Whole passage",
  lessPassage: "Less",
  feedback: "Feedback",
  placeholder: "What is missing, or a note for the writer",
  reject: "Reject and research again",
  rejecting: "Rejecting…",
  approving: "Approving…",
  approve: (kept: number, all: number): string => {
    if (all === 0) return "Approve without evidence";
    if (kept === all) return all === 1 ? "Approve 1 finding" : `Approve all ${all} findings`;
    return `Approve ${kept} of ${count(all, "finding")}`;
  },
  keepOne: "Keep at least one finding to approve, or reject to research again.",
  suggestions: "Suggestions for the feedback",
  retrying: "The connection is lost. Your decision is kept and sent as soon as it is back.",
  refused: "Not recorded:",
  beaten: "Someone was faster.",
  beatenRest: "Nobody can change that now. What you had prepared was not used:",
  ticks: (n: number): string => `${count(n, "finding")} dropped`,
  comment: "Comment",
  commentPlaceholder: "What should change, or a note",
};

export const answerText = {
  numbered: (n: number, all: number): string => (all === 1 ? "Review" : `Review ${n} of ${all}`),
  answer: "Your answer",
  yes: "Yes",
  none: "No answer",
  optional: "optional",
  json: "As JSON",
  send: "Send the answer",
  sending: "Sending…",
  wrong: (n: number): string => `Not sent: ${count(n, "field")} to look at again.`,
  details: "Details",
  problem: (problem: Problem): string => {
    switch (problem.kind) {
      case "missing":
        return "This is needed.";
      case "number":
        return problem.integer ? "A whole number, such as 3." : "A number, such as 1.5.";
      case "low":
        return `At least ${problem.limit}.`;
      case "high":
        return `At most ${problem.limit}.`;
      case "short":
        return `At least ${count(problem.limit, "character")}.`;
      case "long":
        return `At most ${count(problem.limit, "character")}.`;
      case "json":
        return `This is not JSON yet. ${problem.why}`;
      default:
        return assertNever(problem);
    }
  },
};

export const dueText = {
  due: (moment: string): string => `Due ${moment}`,
  past: "Past due",
  since: (moment: string): string => `since ${moment}`,
  reminder: (moment: string): string => `Reminder: due ${moment}`,
};

export const resultText = {
  region: "Result",
  nothing: "The workflow has finished without a result.",
  data: "As data",
};

export const stampText = {
  approved: "Evidence approved",
  rejected: "Rejected",
  approvedOther: "Approved",
  answered: "Answered",
  findings: (kept: number, all: number, round: number): string => `${kept} of ${count(all, "finding")}, round ${round}`,
  round: (round: number): string => `Round ${round}`,
};

export const reportText = {
  region: "Report",
  contents: "Contents",
  asked: "Asked:",
  writing: "The report is being written from the approved evidence.",
  extractive: "Extractive",
  model: (model: string): string => `Written with ${model}`,
  removedCount: (n: number): string => `${n} removed by the check`,
  citation: (title: string): string => `quote from ${title}`,
  quoteFrom: (title: string): string => `Quote from ${title}`,
  closeQuote: "Close",
  notFound: "Not found",
  removed: "Removed by the check",
  sources: "Sources",
  copy: "Copy Markdown",
  copied: "Copied",
  notCopied: "Copying failed",
};
