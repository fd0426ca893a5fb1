import { describe, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import {
  asked,
  draft,
  expired,
  failure,
  other,
  progress,
  received,
  reminder,
  reportReview,
  result,
  review,
  run,
} from "@/protocol/frames.fixture";
import { phaseOf, stationOf } from "./phase";
import { reduce } from "./reduce";
import { roundsOf } from "./rounds";
import {
  EMPTY,
  evidenceApproval,
  lastDecided,
  noticeOf,
  openReview,
  openReviews,
  parentOf,
  type RunView,
  refusalOf,
  reviewsOf,
  shownReport,
} from "./run";

function replay(frames: ServerFrame[], from: RunView = EMPTY): RunView {
  return frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), from);
}

const TWO_ROUNDS: ServerFrame[] = [
  run(),
  progress(1, "Planning", "plan"),
  progress(2, "Searching: 1 of 2", "search", 1, 2),
  progress(3, "Searching: 2 of 2", "search", 2, 2),
  review(4),
  received(5, 4, "reject"),
  progress(6, "Planning again", "plan"),
  review(7, { round: 2 }),
  received(8, 7, "approve"),
  progress(9, "Writing", "write"),
  draft(10, "One."),
  result(11),
];

describe("a whole run", () => {
  test("its phases follow the log", () => {
    const phases = TWO_ROUNDS.map((_, index) => phaseOf(replay(TWO_ROUNDS.slice(0, index + 1))));
    expect(phases).toEqual([
      "researching",
      "researching",
      "researching",
      "researching",
      "waiting",
      "researching",
      "researching",
      "waiting",
      "writing",
      "writing",
      "writing",
      "done",
    ]);
  });

  test("its stations too", () => {
    const at = (seq: number): string => stationOf(replay(TWO_ROUNDS.slice(0, seq + 1)));
    expect([1, 2, 4, 5, 9, 11].map(at)).toEqual(["plan", "search", "review", "plan", "write", "done"]);
  });

  test("its rounds end with a rejection", () => {
    const rounds = roundsOf(replay(TWO_ROUNDS).entries);
    expect(rounds.map((round) => [round.number, round.over])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(rounds[0]?.review?.decision?.text).toBe("Rejected by Ada");
  });

  test("a word that the page does not know is no rejection, and no approval", () => {
    const log = [...TWO_ROUNDS.slice(0, 5), received(5, 4, "postpone"), progress(6, "Asking others", "ask")];
    const view = replay(log);
    expect(roundsOf(view.entries).map((round) => [round.number, round.over])).toEqual([[1, false]]);
    expect(stationOf(view)).toBe("review");
    expect(evidenceApproval(view)).toBeNull();
    expect(lastDecided(view)?.decision?.kind).toBe("other");
  });

  test("is the same however often its frames come", () => {
    const twice = TWO_ROUNDS.flatMap((frame) => [frame, frame]);
    expect(replay(twice)).toEqual(replay(TWO_ROUNDS));
    expect(replay([...TWO_ROUNDS, ...TWO_ROUNDS])).toEqual(replay(TWO_ROUNDS));
  });
});

describe("steps", () => {
  test("a count that ticks is one step", () => {
    const view = replay(TWO_ROUNDS.slice(0, 4));
    expect(view.entries.map((entry) => (entry.kind === "step" ? entry.text : ""))).toEqual([
      "Planning",
      "Searching: 2 of 2",
    ]);
  });

  test("two sources tick side by side", () => {
    const view = replay([
      run(),
      progress(1, "Library: 1 of 2", "search", 1, 2),
      progress(2, "Wikipedia: 1 of 2", "search", 1, 2),
      progress(3, "Library: 2 of 2", "search", 2, 2),
    ]);
    expect(view.entries.map((entry) => (entry.kind === "step" ? entry.text : ""))).toEqual([
      "Library: 2 of 2",
      "Wikipedia: 1 of 2",
    ]);
  });

  test("a resumed run goes on where it was", () => {
    const view = replay([...TWO_ROUNDS.slice(0, 10), progress(10, "Resumed after an interruption", "resume")]);
    expect(phaseOf(view)).toBe("writing");
  });
});

describe("drafts", () => {
  const before = TWO_ROUNDS.slice(0, 10);

  test("pieces of a section are joined, a new heading opens a section", () => {
    const view = replay([...before, draft(10, "One "), draft(11, "two."), draft(12, "Three.", "Next")]);
    expect(view.draft?.sections).toEqual([
      { heading: "Part", text: "One two." },
      { heading: "Next", text: "Three." },
    ]);
  });

  test("a higher attempt replaces what an interrupted one wrote, a lower one is late", () => {
    const view = replay([...before, draft(10, "Old."), draft(11, "New.", "Part", 2), draft(12, "Late.", "Part", 1)]);
    expect(view.draft).toEqual({ attempt: 2, sections: [{ heading: "Part", text: "New." }] });
  });
});

describe("decisions", () => {
  const asked = replay(TWO_ROUNDS.slice(0, 5));
  const answer = { response: "approve", review: 4, response_id: "mine" };

  test("what was sent is pending until the log has it", () => {
    const sending = reduce(asked, { kind: "deciding", decision: answer });
    expect(sending.sending).toEqual(answer);
    const done = replay([received(5, 4, "approve", "mine")], sending);
    expect(done.sending).toBeNull();
    expect(done.refusal).toBeNull();
    expect(openReview(done)).toBeNull();
  });

  test("somebody else's decision first is said", () => {
    const view = replay([received(5, 4, "reject", "theirs")], reduce(asked, { kind: "deciding", decision: answer }));
    expect(view.refusal).toMatchObject({ code: "already_answered", text: "Rejected by Ada" });
  });

  test("a refusal leaves the review open", () => {
    const sending = reduce(asked, { kind: "deciding", decision: answer });
    const view = replay([failure(null, "invalid_response", "keep: unknown.")], sending);
    expect(view.sending).toBeNull();
    expect(view.refusal?.text).toBe("keep: unknown.");
    expect(phaseOf(view)).toBe("waiting");
  });

  test("a refusal is no news once somebody else has decided", () => {
    const sending = reduce(asked, { kind: "deciding", decision: answer });
    const refused = replay([failure(null, "forbidden", "Somebody else has to approve it.")], sending);
    expect(refused.refusal?.code).toBe("forbidden");
    expect(replay([received(5, 4, "approve", "theirs")], refused).refusal).toBeNull();
  });
});

describe("the line", () => {
  test("a new generation reads the log again from its start", () => {
    const view = replay([run({ generation: 2 }), progress(1, "Planning", "plan")], replay(TWO_ROUNDS.slice(0, 5)));
    expect(view.lastSeq).toBe(1);
    expect(reviewsOf(view)).toEqual([]);
  });

  test("a replayed log does not flicker through its past", () => {
    const frames = [run({ status: "completed", last_seq: 11 }), ...TWO_ROUNDS.slice(1)];
    const phases = frames.map((_, index) => phaseOf(replay(frames.slice(0, index + 1))));
    expect(new Set(phases)).toEqual(new Set(["done"]));
  });

  test("an error with a seq ends the run, one without does not", () => {
    const before = replay(TWO_ROUNDS.slice(0, 4));
    expect(phaseOf(replay([failure(4, "run_failed", "It broke.")], before))).toBe("failed");
    expect(phaseOf(replay([failure(null, "invalid_frame", "What?")], before))).toBe("researching");
    expect(replay([failure(null, "run_not_found", "No such run.")]).missing?.text).toBe("No such run.");
  });
});

describe("several questions at once", () => {
  const start = [run({ workflow: "form" }), asked(1, "Name?"), asked(2, "How many?"), asked(3, "Sure?")];
  const open = (view: RunView): number[] => openReviews(view).map((each) => each.seq);
  const [first, second] = reviewsOf(replay(start));
  if (first === undefined || second === undefined) throw new Error("no reviews");

  test("all are open, and each is closed by its own answer", () => {
    expect(open(replay(start))).toEqual([1, 2, 3]);
    const view = replay([...start, received(4, 2, 3)]);
    expect(open(view)).toEqual([1, 3]);
    expect(phaseOf(view)).toBe("waiting");
    const ended = replay([
      ...start,
      received(4, 2, 3),
      received(5, 3, true),
      received(6, 1, "x"),
      other(7, "ok", "ok"),
    ]);
    expect(open(ended)).toEqual([]);
    expect(ended.ending).toMatchObject({ kind: "result", markdown: "ok", result: "ok" });
  });

  test("a refusal belongs to the question whose answer it was", () => {
    const sending = reduce(replay(start), { kind: "deciding", decision: { response: "x", review: 2 } });
    const view = replay([failure(null, "invalid_response", "response: no.", "response")], sending);
    expect(refusalOf(view, first)).toBeNull();
    expect(refusalOf(view, second)?.field).toBe("response");
  });

  test("what was decided last is told by the log, not by the order of the questions", () => {
    expect(lastDecided(replay([...start, received(4, 3, true), received(5, 1, "x")]))?.seq).toBe(1);
  });
});

describe("due dates", () => {
  const DUE = "2026-11-04T17:00:00Z";
  const start = [run(), review(1, { due_at: DUE })];

  test("a reminder and a missed date are entries, and belong to their review", () => {
    const view = replay([...start, reminder(2, 1, DUE), expired(3, 1, DUE)]);
    expect(view.entries.map((entry) => entry.kind)).toEqual(["review", "notice", "notice"]);
    const open = openReview(view);
    if (open === null) throw new Error("the review is still open");
    expect(noticeOf(view, open)).toMatchObject({ past: true, whatHappens: "The run goes on waiting." });
    expect(noticeOf(view, { ...open, seq: 9 })).toBeNull();
    expect(phaseOf(view)).toBe("waiting");
  });

  test("a missed date that cancels is no decision", () => {
    const cancelled: ServerFrame = {
      ...failure(4, "run_failed", "Cancelled by the due date"),
      type: "cancelled",
      data: { by: "the due date" },
    } as ServerFrame;
    const view = replay([...start, reminder(2, 1, DUE), expired(3, 1, DUE), cancelled]);
    expect(phaseOf(view)).toBe("cancelled");
    expect(reviewsOf(view)[0]?.decision).toBeNull();
    expect(openReview(view)).toBeNull();
  });
});

test.each([null, 5])("a run that is deleted while it is watched is gone, however it is said (%s)", (seq) => {
  const view = replay([...TWO_ROUNDS.slice(0, 5), failure(seq, "run_deleted", "This run was deleted.")]);
  expect(view.missing?.code).toBe("run_deleted");
  expect(view.ending).toBeNull();
});

describe("the review of the text", () => {
  const WRITTEN: ServerFrame[] = [
    run(),
    review(1),
    received(2, 1, "approve"),
    progress(3, "Writing", "write"),
    reportReview(4),
    received(5, 4, "reject"),
    progress(6, "Writing again", "write"),
  ];
  const at = (seq: number): RunView => replay(WRITTEN.slice(0, seq + 1));

  test("stands where the writing stands, and a text that is sent back is written again", () => {
    expect([4, 5, 6].map((seq) => `${phaseOf(at(seq))} ${stationOf(at(seq))}`)).toEqual([
      "waiting write",
      "writing write",
      "writing write",
    ]);
  });

  test("is no round of research", () => {
    expect(roundsOf(at(6).entries)).toMatchObject([{ number: 1, over: false, review: { seq: 1 } }]);
  });

  test("does not hide who approved the evidence", () => {
    expect(evidenceApproval(at(6))?.seq).toBe(1);
    expect(lastDecided(at(6))?.seq).toBe(4);
  });

  test("shows the text until it is decided", () => {
    expect([3, 4, 5].map((seq) => shownReport(at(seq))?.title)).toEqual([undefined, "Because", undefined]);
  });
});

test("a revision knows its parent by the options, and by name once the run has said it", () => {
  const asked = run({ options: { revises: "r0" } });
  const parent = { run_id: "r0", title: "Before" };
  expect(parentOf(replay([run()]))).toBeNull();
  expect(parentOf(replay([asked]))).toEqual({ runId: "r0", title: null });
  expect(parentOf(replay([asked, review(1, { parent })]))).toEqual({ runId: "r0", title: "Before" });
  expect(parentOf(replay([asked, result(1, { parent })]))).toEqual({ runId: "r0", title: "Before" });
});
