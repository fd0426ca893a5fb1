import { expect, test } from "vitest";
import { received, review } from "@/protocol/frames.fixture";
import { decisionOf } from "@/state/decision";
import { reduce } from "@/state/reduce";
import { EMPTY, lastDecided } from "@/state/run";
import { cancelLine, decisionLine, decisionWord, nameOf } from "./decision";

function lineOf(response: unknown, by: string): string {
  const frame = received(2, 1, response);
  if (frame.type !== "input_received") throw new Error("no decision");
  const said = { ...frame, data: { ...frame.data, by } };
  const view = [review(1), said].reduce((before, each) => reduce(before, { kind: "frame", frame: each }), EMPTY);
  const decision = lastDecided(view)?.decision;
  if (decision == null) throw new Error("no decision");
  return decisionLine(decision);
}

test("a decision is named after who took it, or no name is given; servers of 0.1.0 said someone", () => {
  expect(lineOf("approve", "Ada")).toBe("Approved by Ada");
  expect(lineOf("reject", "")).toBe("Rejected, no name given");
  expect(lineOf("approve", "someone")).toBe("Approved, no name given");
  expect(lineOf({ points: 3 }, "someone")).toBe("Answered, no name given");
  expect(cancelLine("the due date")).toBe("Cancelled by the due date");
  expect(nameOf("someone")).toBe("no name given");
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
