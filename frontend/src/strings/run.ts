import { count } from "./counting";

export const runText = {
  title: { waiting: (question: string): string => `● Decide: ${question}` },
  timeline: "Timeline",
  course: "How it came about",
  rounds: (n: number): string => count(n, "round"),
  details: "Details",
  elapsed: "Time since the question was asked",
  stages: "Stages",
  round: (n: number): string => `Round ${n}`,
  goesOn: "You can close this page. The research goes on, and what it finds waits here for your decision.",
  goesOnWriting: "You can close this page. The report will be here when it is written.",
  goesOnOther: "You can close this page. The work goes on, and what it asks waits here for your answer.",
  starting: "Getting ready",
  loading: "Opening the run…",
  notOpened: "The run could not be opened:",
  since: (time: string): string => `since ${time}`,
  waitingForYou: "Waiting for you",
  notAnswered: "Nobody answered",
  theText: "The finished text",
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
  revisionOf: "Revision of",
  earlierReport: "an earlier report",
  notDone: "The server did not accept that:",
};

export const dueText = {
  due: (moment: string): string => `Due ${moment}`,
  past: "Past due",
  since: (moment: string): string => `since ${moment}`,
  reminder: (moment: string): string => `Reminder: due ${moment}`,
};

export const stampText = {
  approved: "Evidence approved",
  released: "Report approved",
  sentBack: "Text sent back",
  approvedOther: "Approved",
  /** Where nothing was found, what was approved is that. */
  findings: (kept: number, all: number, round: number): string =>
    all === 0 ? `no evidence, round ${round}` : `${kept} of ${count(all, "finding")}, round ${round}`,
  round: (round: number): string => `Round ${round}`,
  reworded: (n: number): string => `${count(n, "claim")} reworded`,
};

export const reviseText = {
  open: "Ask for a revision",
  heading: "Ask for a revision",
  label: "What should change?",
  placeholder: "Shorter, for a board, only 2024 and later …",
  hint: "A new run starts from the evidence approved here. This report stays as it is.",
  start: "Start the revision",
  starting: "Starting…",
  empty: "Say what should change.",
  unreachable: "The server does not answer. What you wrote is kept and starts as soon as it does.",
};
