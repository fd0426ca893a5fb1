import { describe, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import { draft, failure, progress, received, result, review, run } from "@/protocol/frames.fixture";
import { phaseOf, stationOf } from "./phase";
import { reduce } from "./reduce";
import { roundsOf } from "./rounds";
import { EMPTY, openReview, type RunView, reviewsOf } from "./run";

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
    const sending = reduce(asked, { kind: "answering", answer });
    expect(sending.sending).toEqual(answer);
    const done = replay([received(5, 4, "approve", "mine")], sending);
    expect(done.sending).toBeNull();
    expect(done.refusal).toBeNull();
    expect(openReview(done)).toBeNull();
  });

  test("somebody else's decision first is said", () => {
    const view = replay([received(5, 4, "reject", "theirs")], reduce(asked, { kind: "answering", answer }));
    expect(view.refusal).toMatchObject({ code: "already_answered", text: "Rejected by Ada" });
  });

  test("a refusal leaves the review open", () => {
    const sending = reduce(asked, { kind: "answering", answer });
    const view = replay([failure(null, "invalid_response", "keep: unknown.")], sending);
    expect(view.sending).toBeNull();
    expect(view.refusal?.text).toBe("keep: unknown.");
    expect(phaseOf(view)).toBe("waiting");
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
