import type { JudgeScore, RunState } from "@/protocol";
import type { Notice } from "@/state/notices";
import { count, listed } from "./counting";
import { nameOf, type Signed, withName } from "./decision";

export const header = {
  name: "Your name",
  namePlaceholder: "Your name",
  documents: (n: number, sample: boolean): string => `${count(n, "document")}${sample ? " (sample)" : ""}`,
  unsearched: (left: number, doubtful: number): string =>
    [
      ...(left > 0 ? [`${count(left, "file")} not searched`] : []),
      ...(doubtful > 0 ? [`${count(doubtful, "file")} searched in part or with a doubt`] : []),
    ].join(" · "),
  kinds: (kinds: [string, number][]): string =>
    `Of kinds that cannot be read: ${[...kinds]
      .sort((one, other) => other[1] - one[1])
      .map(([suffix, n]) => `${n} ${suffix === "" ? "without a suffix" : suffix}`)
      .join(", ")}`,
  offline: (title: string): string => `${title} offline`,
  noWriter: "no writer",
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
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
  options: "Options",
  reviewReport: "Show me the finished text before it is released",
  judge: (score: JudgeScore | null): string =>
    score === null
      ? "Have the model judge every sentence too"
      : `Have the model judge every sentence too (it refuses ${score.refused} of ${score.twisted} twisted ones)`,
  leaves: (all: { what: string; away: boolean }[]): string =>
    `Leaves this server: ${withoutLeads(all.map(({ what, away }) => (away ? `${what}, once that can be reached` : what))).join("; ")}.`,
  leavesNothing: "Nothing leaves this server.",
  try: "Try",
  tooLong: (limit: number): string => `A question has at most ${limit.toLocaleString()} characters.`,
  empty: "Write down what you want to know first.",
  refused: (why: string): string => `${why} Your question is still here: change it, or try again.`,
  writtenBy: (writer: string): string => `${writer} writer`,
  textShown: "text shown first",
  judged: "judged by the model",
  noSources: "no source is ready",
  reviewers: "Asked to decide",
  anybody: "whoever reviews here",
  addReviewer: "Name somebody…",
  dropReviewer: (name: string): string => `Do not ask ${name}`,
  groups: "Groups",
  people: "People",
  decidedBy: (names: string[]): string => `${listed(names)} to decide`,
  keys: "Enter starts, Shift and Enter begin a new line.",
  yourName: "Your name",
  nameWhy: "so that others see who asked and who decided",
};

const LEAD = "the words of each search go ";

/** What several get is named once: "the words of each search go to a; to b". */
function withoutLeads(clauses: string[]): string[] {
  const led = clauses.map((each) => each.startsWith(LEAD));
  return clauses.map((each, at) => (led[at] && led[at - 1] ? each.slice(LEAD.length) : each));
}

export const inboxText = {
  title: "Sayso",
  loading: "Reading the list…",
  unreachable: "The server does not answer. It is asked again by itself, and this list comes as soon as it is back.",
  stale: "The server does not answer, so this list may be old. It catches up by itself.",
  retry: "Try again now",
  empty: "Nothing here yet. Ask a question above: you will see what was found before anything is written.",
  more: "Load more",
  moreOpen: "Load more that is open",
  loadingMore: "Loading…",
  homeTitle: (waiting: string): string => (waiting === "" ? "Sayso" : `(${waiting}) Sayso`),
  find: "Find a question",
  show: "Show",
  shows: { all: "All", mine: "Asked of me", waiting: "Needs a decision", running: "Running", done: "Done" },
  search: "Search questions and names",
  searchShort: "Search",
  noneOf: {
    all: "Nothing here yet.",
    mine: "Nothing is asked of you.",
    waiting: "Nothing needs a decision.",
    running: "Nothing is running.",
    done: "Nothing is done yet.",
  },
  noMatch: (q: string): string => `Nothing matches “${q}”.`,
  noMatchIn: (q: string, show: string): string => `Nothing matches “${q}” under “${show}”.`,
  clear: "Clear the search",
  showAll: "Show all",
  results: (n: number, more: boolean, q: string): string =>
    `${more ? "More than " : ""}${count(n, "question")}${q === "" ? "" : ` for “${q}”`}`,
  fresh: (n: number): string => `${n.toLocaleString()} new`,
  changes: (n: number): string => count(n, "change"),
  askedBy: (name: string): string => `asked by ${name}`,
  revision: "Revision",
  decide: "Decide",
  waits: "Waiting",
  searching: "Searching",
  working: "Working",
  writing: "Writing",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  round: (n: number): string => `Round ${n}`,
  found: (findings: number, sources: number): string =>
    findings === 0 ? "no good evidence found" : `${count(findings, "finding")} from ${count(sources, "source")}`,
  isNew: (n: number): string => `${n} new since your feedback`,
  /** Empty when there are none, of which nothing is to be said. */
  sentences: (n: number, supported: number): string => {
    if (n === 0) return "";
    return n === supported
      ? `${count(n, "sentence")}, all supported`
      : `${supported} of ${count(n, "sentence")} supported`;
  },
  toApprove: "text to approve",
  sources: (n: number): string => count(n, "source"),
  approvedBy: (signed: Signed, released: boolean, doubts: boolean): string =>
    withName(`${released ? "report" : "evidence"} approved`, signed, doubts),
};

/** What the browser tells while nobody looks. */
export const noticesText = {
  name: "Tell me when a decision is needed",
  off: "Tell me when a decision is needed: off",
  on: "Tell me when a decision is needed: on, as long as a page of Sayso is open",
  refused: "The browser does not let this page notify you; its settings can change that",
} as const;

export function noticeOf(run: RunState, doubts: boolean): Notice {
  const { id, question, brief } = run;
  const findings = brief.findings > 0 ? ` · ${count(brief.findings, "finding")}` : "";
  return {
    title: "A decision is needed",
    body: `${question}\n${inboxText.askedBy(nameOf(run, doubts))}${findings}`,
    address: `/run/?id=${encodeURIComponent(id)}`,
    tag: `${id} ${brief.round}`,
  };
}
