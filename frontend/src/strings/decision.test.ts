import { expect, test } from "vitest";
import type { RecordedDecision } from "@/protocol";
import { received, review } from "@/protocol/frames.fixture";
import { decisionOf } from "@/state/decision";
import { reduce } from "@/state/reduce";
import { type DecisionEntry, EMPTY, lastDecided } from "@/state/run";
import { cancelLine, decisionLine, decisionWord, nameOf } from "./decision";

function lineOf(response: unknown, by: string, verified: boolean | null = false, doubts = false): string {
  const frame = received(2, 1, response);
  if (frame.type !== "input_received") throw new Error("no decision");
  const said = { ...frame, data: { ...frame.data, by, verified } as RecordedDecision };
  const view = [review(1), said].reduce((before, each) => reduce(before, { kind: "frame", frame: each }), EMPTY);
  const decision = lastDecided(view)?.decision;
  if (decision == null) throw new Error("no decision");
  return decisionLine(decision, doubts);
}

test("a decision is named after who took it, or no name is given; servers of 0.1.0 said someone", () => {
  expect(lineOf("approve", "Ada")).toBe("Approved by Ada");
  expect(lineOf("reject", "")).toBe("Rejected, no name given");
  expect(lineOf("approve", "someone")).toBe("Approved, no name given");
  expect(lineOf({ points: 3 }, "someone")).toBe("Answered, no name given");
  expect(cancelLine({ by: "the due date", verified: null }, true)).toBe("Cancelled by the due date");
  expect(nameOf({ by: "someone", verified: false }, true)).toBe("no name given");
});

test("where others come too, a name that nobody verified is told apart, once", () => {
  expect(lineOf("approve", "Ada", false, true)).toBe("Approved by Ada (name not verified)");
  expect(lineOf("approve", "Ada", true, true)).toBe("Approved by Ada");
  // An older server does not say.
  expect(nameOf({ by: "Ada" }, true)).toBe("Ada");
  expect(nameOf({ by: "Ada", verified: null }, true)).toBe("Ada");
  expect(cancelLine({ by: "Ada", verified: false }, true)).toBe("Cancelled by Ada (name not verified)");
  const plain = lineOf({ points: 3 }, "Ada", false, false);
  expect(lineOf({ points: 3 }, "Ada", false, true)).toBe(`${plain} (name not verified)`);
  const said = { kind: "other", text: "Answered by Ada (name not verified)", data: { by: "Ada", verified: false } };
  expect(decisionLine(said as DecisionEntry, true)).toBe("Answered by Ada (name not verified)");
});

test("only the two words are decisions; another word stands for itself, and other responses are answers", () => {
  expect(["approve", "reject", "Approve", "no", "toString", null, ["approve"]].map(decisionOf)).toEqual([
    "approve",
    "reject",
    ...Array(5).fill("other"),
  ]);
  expect(decisionWord("reject", "reject")).toBe("Rejected");
  expect(decisionWord("other", "postpone")).toBe("“postpone”");
  expect(decisionWord("other", "a whole sentence of prose")).toBe("Answered");
  expect(decisionWord("other", { points: 3 })).toBe("Answered");
});
