// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SentDecision } from "@/protocol";
import { report, reportReview, run } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview } from "@/state/run";
import type { RunSession } from "@/state/session";
import { ReportReview } from "./report-review";

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
});
afterEach(cleanup);

async function show() {
  const view = [run(), reportReview(4)].reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const open = openReview(view);
  if (open === null) throw new Error("no open review");
  render(
    <ReportReview session={{ decide } as unknown as RunSession} view={view} review={open} runId="r1" report={report()}>
      <p>The text.</p>
    </ReportReview>,
  );
  // The buttons stand where those of the review before were, and wait for a moment.
  await vi.waitFor(() => expect(approve().getAttribute("aria-disabled")).toBe("false"), { timeout: 3_000 });
  return decide;
}

const approve = () => screen.getByRole("button", { name: "Approve the report" });
const reject = () => screen.getByRole("button", { name: "Send back" });

test("the text is approved as a whole", async () => {
  const decide = await show();
  screen.getByText("This is how it would be released. It has not been approved yet.");
  screen.getByText("The text.");
  await userEvent.click(approve());
  expect(decide).toHaveBeenCalledWith({ response: "approve", review: 4, feedback: "", by: "Ada" });
});

test("sending it back asks for what to change, in the field where that is typed", async () => {
  const decide = await show();
  await userEvent.click(reject());
  expect(decide).not.toHaveBeenCalled();
  screen.getByText(/^Say what should change/);
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Feedback" }));
  await userEvent.keyboard("Shorter");
  expect(screen.queryByText(/^Say what should change/)).toBeNull();
  await userEvent.click(reject());
  expect(decide).toHaveBeenCalledWith({ response: "reject", review: 4, feedback: "Shorter", by: "Ada" });
});

test("whoever insists sends it back without a word", async () => {
  const decide = await show();
  await userEvent.click(reject());
  await userEvent.click(reject());
  expect(decide).toHaveBeenCalledWith({ response: "reject", review: 4, feedback: "", by: "Ada" });
});
