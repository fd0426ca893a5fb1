import { expect, test } from "vitest";
import type { FrameOf, RecordedDecision } from "@/protocol";
import { finding, gap, received } from "@/protocol/frames.fixture";
import { complete } from "./complete";
import { recordOf } from "./record";

const FINDINGS = [finding("f1", "One."), finding("f2", "Two."), finding("f3", "Three."), gap("g1", "Four.")];

function decision(data: Partial<RecordedDecision>): RecordedDecision {
  return { ...(received(5, 4, "reject") as FrameOf<"input_received">).data, ...data };
}

test("what was sorted is counted; gaps are no findings", () => {
  const sorted = decision({ keep: ["f1"], drop: { f2: "old" } });
  expect(recordOf(sorted, FINDINGS)).toMatchObject({ aside: 1, never: 1 });
});

test("a decision that did not sort sets nothing aside", () => {
  expect(recordOf(decision({ keep: ["f1"] }), FINDINGS)).toMatchObject({ aside: 0, never: 0 });
});

test("what prose was read as stands beside what was sent, once", () => {
  const read = complete("Reading", {
    search: ["locks"],
    leave_out: ["autovacuum"],
    keep: ["f3"],
    limits: complete("SearchLimits", { from: "2024" }),
    note: "Shorter",
    unsure: [{ said: "Not so", field: "leave_out" }],
  });
  const said = decision({ feedback: "…", keep: ["f1"], drop: {}, search: ["locks"], leave_out: ["vacuum"], read });
  expect(recordOf(said, FINDINGS)).toEqual({
    aside: 1,
    never: 0,
    search: ["locks"],
    leaveOut: ["vacuum", "autovacuum"],
    limits: { from: "2024", to: null, sources: [] },
    note: "Shorter",
    added: 0,
    text: 0,
    unsure: ["Not so"],
  });
});
