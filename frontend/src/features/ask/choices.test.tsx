// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Info, JudgeScore } from "@/protocol";
import type { Choice } from "@/state/ask";
import { Checks } from "./choices";

afterEach(cleanup);

const UNTOUCHED: Choice = {
  workflow: null,
  sources: null,
  documents: null,
  writer: null,
  reviewReport: false,
  judge: false,
  reviewers: null,
};

function show(llmReady: boolean, choice: Choice = UNTOUCHED, judge: JudgeScore | null = null) {
  const writers = [{ name: "llm", ready: llmReady, why: "", model: "m", judge }];
  const onChange = vi.fn();
  render(<Checks info={{ writers } as unknown as Info} choice={choice} onChange={onChange} />);
  return onChange;
}

test("the finished text may be asked for, and judging where there is a model", async () => {
  const onChange = show(true);
  await userEvent.click(screen.getByRole("checkbox", { name: "Show me the finished text before it is released" }));
  expect(onChange).toHaveBeenLastCalledWith({ ...UNTOUCHED, reviewReport: true });
  await userEvent.click(screen.getByRole("checkbox", { name: "Have the model judge every sentence too" }));
  expect(onChange).toHaveBeenLastCalledWith({ ...UNTOUCHED, judge: true });
});

test("how well the model judges stands beside the choice, where it was measured", () => {
  const score = { model: "m", true: 30, accepted: 29, twisted: 30, refused: 4, at: null };
  show(true, UNTOUCHED, score);
  screen.getByRole("checkbox", { name: "Have the model judge every sentence too (it refuses 4 of 30 twisted ones)" });
});

test("without a model there is nothing to judge with, and another workflow has options of its own", () => {
  show(false);
  expect(screen.getAllByRole("checkbox")).toHaveLength(1);
  cleanup();
  show(true, { ...UNTOUCHED, workflow: "form" });
  expect(screen.queryByRole("checkbox")).toBeNull();
});
