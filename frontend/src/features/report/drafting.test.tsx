// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import { finding, gap, received, reportReview, review, run } from "@/protocol/frames.fixture";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import { Drafting } from "./drafting";

afterEach(cleanup);

function show(...frames: ServerFrame[]): string {
  render(<Drafting view={frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY)} />);
  return screen.getByRole("region", { name: "Report" }).textContent ?? "";
}

const approved = [
  run(),
  review(1, { findings: [finding("f1", "One."), finding("f2", "Two."), gap("g1", "Three.")] }),
  received(2, 1, "approve"),
];

test("what the text is written from counts findings, not gaps", () => {
  expect(show(...approved)).toMatch(/^Evidence approvedAda, .*2 of 2 findings, round 1/);
});

test("a text that was sent back is written from the same evidence, and says who sent it back", () => {
  const text = show(...approved, reportReview(3), received(4, 3, "reject"));
  expect(text).toMatch(/^Evidence approved.*2 of 2 findings, round 1Text sent backAda, /);
});
