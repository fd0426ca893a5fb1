// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Reading, ReviewData, SentDecision } from "@/protocol";
import { finding, gap, review, run } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Review } from "./review";

type Asked = { feedback: string; edits: Record<string, string> };

/** Answers what a server would, and notes what it was asked. */
let asked: { path: string; body: Asked }[];
let answer: (body: Asked) => Partial<Reading> | number;

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (!path.endsWith("/reading")) throw new TypeError("no such server");
    const body: Asked = JSON.parse(String(init.body));
    asked.push({ path, body });
    const said = answer(body);
    return typeof said === "number" ? new Response("{}", { status: said }) : Response.json(said);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const READ: Partial<Reading> = {
  points: [
    { said: "Nothing about autovacuum.", field: "leave_out", value: "autovacuum", sent: false },
    { said: "Add locks.", field: "search", value: "locks", sent: false },
  ],
  unsure: [{ said: "Not so, rather so.", field: "leave_out" }],
};

function show(data: Partial<ReviewData> = {}) {
  const view = [run(), review(4, data)].reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const open = openReview(view);
  if (open === null) throw new Error("no open review");
  const shown = render(<Review session={{ decide } as unknown as RunSession} view={view} review={open} runId="r1" />);
  return { decide, ...shown };
}

const feedback = () => screen.getByRole("textbox", { name: "Feedback" });
const sendBack = () => screen.getByRole("button", { name: "Send back" });
const chips = () => within(screen.getByRole("list", { name: "How it is read" }));
const outcome = () => screen.getByRole("region", { name: "What will happen" }).textContent;

test("what is typed is read, shown as chips, and sent as they stand there", async () => {
  answer = () => READ;
  const { decide } = show();
  await userEvent.type(feedback(), "Nothing about autovacuum. Add locks. Not so, rather so.");
  await screen.findByRole("button", { name: "Change: Leave out: autovacuum" });
  expect(asked.at(-1)).toEqual({
    path: "/api/runs/r1/reviews/4/reading",
    body: { response: "reject", feedback: "Nothing about autovacuum. Add locks. Not so, rather so.", edits: {} },
  });
  // One question for what was typed in one go.
  expect(asked.length).toBeLessThan(4);
  expect(outcome()).toContain(
    "Send back: nothing kept, 3 set aside, search for “locks”, leave out “autovacuum”, 1 point not understood.",
  );
  await userEvent.click(chips().getByRole("button", { name: "Remove: Search: locks" }));
  await userEvent.click(within(chips().getByRole("group", { name: /^“Not so/ })).getByText("For the writer"));
  await userEvent.click(sendBack());
  expect(decide.mock.calls[0]?.[0]).toEqual({
    response: "reject",
    review: 4,
    by: "Ada",
    feedback: "",
    keep: [],
    drop: {},
    leave_out: ["autovacuum"],
    note: "Not so, rather so.",
  });
});

test("a chip is moved to another field, in other words, and stays moved over a reload", async () => {
  answer = () => READ;
  const { unmount } = show();
  await userEvent.type(feedback(), "Add locks.");
  await userEvent.click(await screen.findByRole("button", { name: "Change: Search: locks" }));
  const field = screen.getByRole("textbox", { name: "In these words" });
  await userEvent.clear(field);
  await userEvent.type(field, "row locks");
  const menu = within(screen.getByRole("group", { name: "Change: Search: locks" }));
  await userEvent.click(menu.getByRole("button", { name: "Leave out" }));
  chips().getByRole("button", { name: "Change: Leave out: row locks" });
  unmount();
  show();
  await screen.findByRole("button", { name: "Change: Leave out: row locks" });
});

test("a press before the answer waits for it, says so, and sends once", async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  answer = () => READ;
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    await held;
    return real(path, init);
  });
  const { decide } = show();
  await userEvent.type(feedback(), "Add locks.");
  await userEvent.click(sendBack());
  await userEvent.click(screen.getByRole("button", { name: "Sending back…" }));
  expect(decide).not.toHaveBeenCalled();
  release();
  await vi.waitFor(() => expect(decide).toHaveBeenCalledTimes(1));
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ search: ["locks"] });
});

test.each([404, 422, 500])("a server that answers %d disturbs nobody: prose goes as prose", async (status) => {
  answer = () => status;
  const { decide } = show();
  await userEvent.type(feedback(), "Add locks.");
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByRole("list", { name: "How it is read" })).toBeNull();
  await vi.waitFor(() => expect(outcome()).toContain("feedback as typed"));
  await userEvent.click(sendBack());
  await vi.waitFor(() => expect(decide.mock.calls[0]?.[0]).toMatchObject({ feedback: "Add locks.", drop: {} }));
  expect(decide.mock.calls[0]?.[0]).not.toHaveProperty("search");
});

test("a rewording is checked while it is typed, and what an unsupported one leads to is said", async () => {
  answer = ({ edits }) => ({
    edits: Object.entries(edits).map(([id, text]) => ({
      id,
      text,
      supported: false,
      mark: null,
      why: "The quote does not say SHARE.",
    })),
  });
  show();
  await userEvent.click(screen.getByRole("button", { name: "Reword: One." }));
  await userEvent.type(screen.getByRole("textbox", { name: "The claim in your words" }), " SHARE");
  await screen.findByText("The quote does not say SHARE.");
  screen.getByText(/^The quoted sentence will stand in the report/);
  await userEvent.type(screen.getByRole("textbox", { name: "The claim in your words" }), " more");
  // What was said of other words is not said of these.
  expect(screen.queryByText("The quote does not say SHARE.")).toBeNull();
});

test("another sentence of the passage becomes the claim", async () => {
  const { decide } = show();
  await userEvent.click(screen.getByRole("button", { name: "Reword: One." }));
  await userEvent.click(screen.getByRole("button", { name: "Take another sentence" }));
  await userEvent.click(screen.getByRole("button", { name: "And more." }));
  screen.getByRole("button", { name: "Reword: And more." });
  await userEvent.click(screen.getByRole("button", { name: /^Approve/ }));
  await vi.waitFor(() => expect(decide.mock.calls[0]?.[0]).toMatchObject({ edits: { f1: "And more." } }));
});

test("never again, with a reason, is said on the card, sent, and taken back", async () => {
  const { decide } = show();
  await userEvent.click(screen.getByRole("button", { name: "More: Two." }));
  await userEvent.type(screen.getByRole("textbox", { name: "Why (may be empty)" }), "about MySQL{Enter}");
  screen.getByText(/^Never again: about MySQL/);
  expect(outcome()).toContain("Send back: 2 kept, 1 never again.");
  await userEvent.click(sendBack());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ keep: ["f1", "f3"], drop: { f2: "about MySQL" } });
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.queryByText(/^Never again/)).toBeNull();
});

test("new ones stand on top; those kept and set aside before are folded, and one comes back by its tick", async () => {
  const kept = { ...finding("f1", "One."), state: "kept" as const };
  const { decide } = show({
    round: 2,
    findings: [kept, finding("f4", "Four."), finding("f5", "Five.")],
    aside: [finding("f9", "Nine.")],
  });
  const order = screen.getAllByRole("article", { hidden: true }).map((card) => card.id);
  expect(order).toEqual(["finding-f4", "finding-f5", "finding-f1", "finding-f9"]);
  await userEvent.click(screen.getByRole("button", { name: "Only new" }));
  expect(outcome()).toContain("Approve: 2 findings used, 1 set aside.");
  await userEvent.click(screen.getByRole("button", { name: "Set aside: 1" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Nine." }));
  screen.getByText("Comes back");
  await userEvent.click(screen.getByRole("button", { name: /^Approve 3 of 4/ }));
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ keep: ["f4", "f5", "f9"], drop: {} });
});

test("untouched, sending back keeps nothing, says so, and keeps all if that is wanted", async () => {
  const { decide } = show();
  expect(outcome()).toContain("Send back: nothing kept, 3 set aside.");
  await userEvent.click(screen.getByRole("button", { name: "Keep all" }));
  expect(outcome()).toContain("Send back: 3 kept.");
  await userEvent.click(sendBack());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ keep: ["f1", "f2", "f3"], drop: {} });
});

test("each part of the question has its best finding first or its gap, and the map leads there", () => {
  show({
    findings: [finding("f1", "One."), finding("f2", "Two."), gap("g1", "Not found: Three.")],
    parts: [
      { topic: "Second", findings: ["f2"], gap: null, round: 1 },
      { topic: "First", findings: ["f1"], gap: null, round: 1 },
      { topic: "Third", findings: [], gap: "g1", round: 1 },
    ],
  });
  const list = within(screen.getByRole("region", { name: "Findings" }));
  expect(list.getAllByRole("heading").map((heading) => heading.textContent)).toEqual([
    "Second",
    "Two.",
    "First",
    "One.",
    "Third",
  ]);
  expect(list.getByRole("link", { name: "Nothing found" }).getAttribute("href")).toBe("#finding-g1");
  const map = within(screen.getByRole("region", { name: "Evidence map" }));
  expect(map.getAllByRole("row").map((row) => row.textContent)).toEqual([
    "Part of the question1Guide",
    "SecondGuide: 1 finding, fair match",
    "FirstGuide: 1 finding, fair match",
    "Thirdnothing found",
  ]);
  expect(map.getByRole("link", { name: "Second" }).getAttribute("href")).toBe("#finding-f2");
});

test("a finding counts as looked at once somebody has touched it", async () => {
  show();
  screen.getByText("0 of 3 looked at");
  await userEvent.click(screen.getByRole("checkbox", { name: "Two." }));
  screen.getByText("1 of 3 looked at");
});

test("what became of feedback is a line; of each point it is said in words, with the field that would say it", async () => {
  const point = { round: 1, findings: [], what_was_done: "" };
  show({
    feedback_used: [
      { ...point, feedback: "locks", status: "done", field: "search", findings: ["f2"], what_was_done: "Searched." },
      { ...point, feedback: "elephants", status: "found_nothing", field: "search" },
      { ...point, feedback: "in French", status: "not_possible", field: "note" },
      { ...point, feedback: "not so", status: "not_understood", field: "leave_out" },
    ],
    not_found: ["The library was slow."],
  });
  const account = within(screen.getByRole("region", { name: "What was done with the feedback" }));
  const line = account.getByRole("button", {
    name: "Feedback: 1 done, 1 found nothing, 1 not possible, 1 not understood; something got in the way",
  });
  expect(line.getAttribute("aria-expanded")).toBe("true");
  const points = account.getAllByRole("listitem");
  expect(points.map((each) => each.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    "“locks” Done. Searched. See f2",
    "“elephants” Found nothing.",
    "“in French” Not possible.",
    "“not so” Not understood. Say it as “Leave out: …”, or “nothing about …”.",
    "The library was slow.",
  ]);
});

test("what came about is folded, also where something did not in a round before", async () => {
  const point = { findings: [], what_was_done: "Searched.", field: "search" as const };
  show({
    feedback_used: [
      { ...point, round: 1, feedback: "in French", status: "not_possible" },
      { ...point, round: 2, feedback: "locks", status: "done" },
    ],
  });
  const line = screen.getByRole("button", { name: "Feedback: 1 done, 1 not possible" });
  expect(line.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(line);
  expect(line.getAttribute("aria-expanded")).toBe("true");
});

test("that a model could not read it is said below the chips", async () => {
  answer = () => ({ ...READ, fallback: "The llm writer could not read it: it took longer than 10 s." });
  show();
  await userEvent.type(feedback(), "Add locks.");
  await screen.findByText(/^Read by rules alone\..* longer than 10 s\.$/);
});
