import type { FeedbackUse } from "@/protocol";
import type { EditKind } from "@/state/text-edits";
import type { Wish } from "@/state/wishes";
import { count } from "./counting";

const KINDS: Record<Wish, string> = {
  search: "Search",
  leave_out: "Leave out",
  note: "For the writer",
  drop: "Never again",
  keep: "Stays",
  limits: "Only",
  text: "In the text",
};

/** What was read of the feedback, as chips. */
export const wishText = {
  region: "How it is read",
  /** "Leave out: autovacuum" */
  chip: (wish: Wish, value: string): string =>
    wish === "drop" || wish === "keep" ? `${value}: ${KINDS[wish].toLowerCase()}` : `${KINDS[wish]}: ${value}`,
  unsure: (said: string): string => `“${said}”?`,
  unsureAs: "Not sure what to do with this. What is it?",
  kind: (wish: Wish): string => KINDS[wish],
  change: (chip: string): string => `Change: ${chip}`,
  remove: (chip: string): string => `Remove: ${chip}`,
  words: "In these words",
  nothing: "Nothing",
  byRules: (why: string): string => `Read by rules alone. ${why}`,
  reading: "Reading…",
};

/** What becomes of a finding besides its tick. */
export const sortingText = {
  menu: (claim: string): string => `More: ${claim}`,
  never: "Never show again",
  neverWhy: "Why (may be empty)",
  neverReasons: ["Not on the question", "Out of date", "Wrong"],
  neverShown: (reason: string): string => (reason === "" ? "Never again" : `Never again: ${reason}`),
  undo: "Undo",
  otherSentence: "Take another sentence",
  otherSentenceLead: "The claim becomes this sentence of the passage, word for word:",
  quote: "Quote",
  hideQuote: "Hide the quote",
  all: "All",
  none: "None",
  onlyNew: "Only new",
  ticks: "Tick",
  seen: (n: number, all: number): string => `${n} of ${all} looked at`,
  keptBefore: (n: number): string => `Kept from earlier rounds: ${n}`,
  asideBefore: (n: number): string => `Set aside: ${n}`,
  asideHint: "Tick one to bring it back.",
  back: "Comes back",
  isAside: "Set aside",
  noPart: "Besides",
  added: "Added by you",
  addedRemove: (text: string): string => `Do not add: ${text}`,
  take: "Take as a finding",
  taken: "Taken",
  takeHint: "Any part of the document that is shown here can become a finding of its own.",
  map: "Evidence map",
  mapDot: (title: string, match: string, n: number): string =>
    `${title}: ${count(n, "finding")}${match === "" ? "" : `, ${match}`}`,
  mapGap: "nothing found",
  mapPart: "Part of the question",
  gapHere: "Nothing found",
  onlyNear:
    "Nothing found surely answers this; these passages come nearest. If none does, send it back with a word that the documents would use.",
  notCarried: "The quote does not say that.",
  unsupported: "The quoted sentence will stand in the report, with your wording beside it.",
  supported: "The quote carries this wording.",
};

/** What a decision will do, before it is sent. */
export const outcomeText = {
  region: "What will happen",
  approve: (parts: string[]): string => `Approve: ${parts.join(", ")}.`,
  reject: (parts: string[]): string => `Send back: ${parts.join(", ")}.`,
  used: (n: number): string => `${count(n, "finding")} used`,
  kept: (n: number): string => `${n} kept`,
  keptNone: "nothing kept",
  aside: (n: number): string => `${n} set aside`,
  never: (n: number): string => `${n} never again`,
  search: (what: string[]): string => `search for ${quoted(what)}`,
  leaveOut: (what: string[]): string => `leave out ${quoted(what)}`,
  limits: "search within the limits",
  note: "a note to the writer",
  asTyped: "feedback as typed",
  unsure: (n: number): string => `${count(n, "point")} not understood`,
  notSearched: "nothing is searched any more",
  keepAll: "Keep all",
  keepNone: "Keep none",
};

function quoted(what: string[]): string {
  return what.map((each) => `“${each}”`).join(", ");
}

/** What a decision was, in a line each. */
export const recordText = {
  region: "What was decided",
  aside: (n: number): string => `${count(n, "finding")} set aside`,
  never: (n: number): string => `${count(n, "finding")} never again`,
  search: (what: string[]): string => `Searched: ${what.join("; ")}`,
  leaveOut: (what: string[]): string => `Left out: ${what.join(", ")}`,
  limits: (from: string | null, to: string | null, sources: string[]): string =>
    [
      "Limited",
      ...(from === null ? [] : [`from ${from}`]),
      ...(to === null ? [] : [`to ${to}`]),
      ...(sources.length === 0 ? [] : [`in ${sources.join(", ")}`]),
    ].join(" "),
  note: (note: string): string => `For the writer: ${note}`,
  added: (n: number): string => `${count(n, "passage")} added`,
  text: (n: number): string => `${count(n, "sentence")} of the text decided`,
  unsure: (said: string): string => `Not understood: “${said}”`,
};

export const nextText = {
  next: (count: string): string => `Next (${count})`,
  wait: (count: string): string => `${count} more ${count === "1" ? "run waits" : "runs wait"} for a decision`,
};

/** The review of a text, unit by unit. */
export const textReviewText = {
  menu: (text: string): string => `Change: ${text}`,
  done: {
    strike: "Struck",
    confirm: "Confirmed",
    replace: "Replaced",
    before: "Moved before",
    after: "Moved after",
    comment: "Comment",
  } satisfies Record<EditKind, string>,
  undo: "Undo",
  strike: "Strike it",
  move: { top: "Move to the top", up: "Move up", down: "Move down" },
  drafted: "The writer had:",
  stands: "The check put the quote in its place:",
  confirm: "Take the writer’s wording, in my name",
  comment: "Comment for the writer",
  addComment: "Add the comment",
  replaceBy: "Replace it by another approved quote:",
  edits: "What will be sent about single sentences",
  commented: "A comment asks for another text: send it back, or undo the comment.",
  changed: (version: number, n: number): string => `Version ${version}: ${count(n, "change")} against the one before`,
  same: (version: number): string => `Version ${version} is the same as the one before, word for word.`,
  was: "Was:",
  now: "Now:",
  gone: "Gone:",
  moved: "Moved:",
  fresh: "New:",
};

/** The account of earlier feedback: what became of each point. */
export const accountText: Record<FeedbackUse["status"], string> = {
  done: "Done",
  found_nothing: "Found nothing",
  not_possible: "Not possible",
  not_understood: "Not understood",
};

/** The same in a line. */
export const tallyText = {
  lead: "Feedback:",
  of: (n: number, status: FeedbackUse["status"]): string => `${n} ${accountText[status].toLowerCase()}`,
  hindered: "; something got in the way",
};

/** Which field of the page says what a field of a decision says. */
export function fieldHint(field: string): string {
  const hints: Record<string, string> = {
    search: "Say it as “Search: …”.",
    leave_out: "Say it as “Leave out: …”, or “nothing about …”.",
    drop: "Use “Never show again” on the finding.",
    keep: "Tick the finding.",
    note: "Say it in “For the writer”.",
    limits: "Say it with years: “only since 2024”.",
    add: "Add a passage from “In context”.",
    edits: "Use “Reword” on the finding.",
    text: "Use the menu beside the sentence.",
  };
  return Object.hasOwn(hints, field) ? (hints[field] ?? "") : "";
}
