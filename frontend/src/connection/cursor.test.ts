import { expect, test } from "vitest";
import { failure, progress, run } from "@/protocol/frames.fixture";
import { advance, type Cursor } from "./cursor";

const AT_5: Cursor = { runId: "r1", generation: 1, seq: 5 };

test("the next event is delivered, a seen one dropped, a gap asked for again", () => {
  expect(advance(AT_5, progress(6, "", "plan"))).toEqual(["deliver", { ...AT_5, seq: 6 }]);
  expect(advance(AT_5, progress(5, "", "plan"))).toEqual(["drop", AT_5]);
  expect(advance(AT_5, progress(7, "", "plan"))).toEqual(["resume", AT_5]);
});

test("a new generation is read from the start", () => {
  expect(advance(AT_5, run({ generation: 1 }))[0]).toBe("deliver");
  expect(advance(AT_5, run({ generation: 2 }))).toEqual(["reread", { runId: "r1", generation: 2, seq: 0 }]);
});

test("an after that the log does not reach is read from the start", () => {
  expect(advance(AT_5, failure(null, "invalid_after", "too far"))).toEqual(["reread", { ...AT_5, seq: 0 }]);
});

test("frames outside the log are delivered and move nothing", () => {
  expect(advance(AT_5, failure(null, "already_answered", "Ada was first"))).toEqual(["deliver", AT_5]);
});
