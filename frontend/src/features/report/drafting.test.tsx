// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import { draft, finding, gap, received, reportReview, review, run } from "@/protocol/frames.fixture";
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

test("a draft shows lists, tables and code while they come", () => {
  const pieces = [
    "Hours: [1]\n\n- Saturday [1]\n",
    "\n\n| Plan | Price |\n| --- | --- |\n| Pro | 12 € [1] |\n",
    "\n\n```\na  b\n",
  ];
  show(...approved, ...pieces.map((piece, index) => draft(3 + index, piece)));
  expect(screen.getByRole("listitem").textContent).toBe("Saturday [1]");
  expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["Plan", "Price"]);
  expect(screen.getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["Pro", "12 € [1]"]);
  expect(document.querySelector("pre")?.textContent).toBe("a  b\n");
});
