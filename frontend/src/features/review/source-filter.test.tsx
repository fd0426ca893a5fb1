// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReviewData } from "@/protocol";
import { finding, received, review, run, source } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview } from "@/state/run";
import type { RunSession } from "@/state/session";
import { EarlierFindings } from "./earlier-findings";
import { Review } from "./review";

const data: Partial<ReviewData> = {
  findings: [
    finding("f1", "One.", "One. And more.", "s1"),
    finding("f2", "Two.", "Two. And more.", "s2"),
    finding("f3", "Three.", "Three. And more.", "s2"),
  ],
  sources: [source("s1", "Guide"), source("s2", "Manual")],
  conflicts: [{ findings: ["f1", "f2"], why: "They cannot both be right.", grade: "contradiction" }],
};
const asked = [run(), review(4, data)].reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY);

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
});
afterEach(cleanup);

function show() {
  const decide = vi.fn((_: unknown) => "mine");
  const open = openReview(asked);
  if (open === null) throw new Error("no open review");
  render(<Review session={{ decide } as unknown as RunSession} view={asked} review={open} runId="r1" />);
  return decide;
}

const claims = () => screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);
const filter = () => screen.getByRole("combobox", { name: "Show findings from" });

test("findings of one source are shown alone, and a hidden one keeps its tick", async () => {
  const decide = show();
  await userEvent.click(screen.getByRole("checkbox", { name: "One." }));
  expect(
    within(filter())
      .getAllByRole("option")
      .map((option) => option.textContent),
  ).toEqual(["all 2 sources", "Guide (1)", "Manual (2)"]);
  await userEvent.selectOptions(filter(), "Manual (2)");
  expect(claims()).toEqual(["Two.", "Three."]);
  screen.getByText(/^Showing 2 of 3\./);
  await userEvent.click(screen.getByRole("button", { name: /^Approve 2 of 3/ }));
  expect(decide).toHaveBeenCalledWith(expect.objectContaining({ response: "approve", keep: ["f2", "f3"] }));
  await userEvent.click(screen.getByRole("button", { name: "Show all" }));
  expect(claims()).toEqual(["One.", "Two.", "Three."]);
});

test("a link to a hidden finding brings it back", async () => {
  show();
  await userEvent.selectOptions(filter(), "Manual (2)");
  expect(document.getElementById("finding-f1")).toBeNull();
  const [link] = screen.getAllByRole("link", { name: "One." });
  if (link === undefined) throw new Error("no link to the other side");
  await userEvent.click(link);
  expect(document.getElementById("finding-f1")).not.toBeNull();
});

test("after the decision the findings are there to be read, with what was dropped", async () => {
  const decision = received(5, 4, "approve");
  if (decision.type === "input_received")
    decision.data = { ...decision.data, keep: ["f2", "f3"], edits: { f2: "Two!" } };
  const decided = reduce(asked, { kind: "frame", frame: decision });
  const { rerender } = render(<EarlierFindings view={asked} runId="r1" />);
  expect(screen.queryByRole("region")).toBeNull();
  rerender(<EarlierFindings view={decided} runId="r1" />);
  const round = screen.getByText(/^Round 1: 3 findings/);
  expect(round.textContent).toContain("Approved by Ada");
  await userEvent.click(round);
  expect(claims()).toEqual(["One.", "Two!", "Three."]);
  const [one, two] = screen.getAllByRole("article");
  expect(one?.textContent).toContain("Dropped");
  expect(two?.textContent).not.toContain("Dropped");
  expect(screen.queryByRole("checkbox")).toBeNull();
});
