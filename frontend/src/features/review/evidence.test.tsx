// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Finding, Quote, ReviewData, SentDecision } from "@/protocol";
import { finding, gap, review, run, source, usage } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Review } from "./review";

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
});
afterEach(cleanup);

function show(data: Partial<ReviewData>) {
  const view = [run(), review(4, data)].reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const session = { decide } as unknown as RunSession;
  const open = openReview(view);
  if (open === null) throw new Error("no open review");
  return { decide, ...render(<Review session={session} view={view} review={open} runId="r1" />) };
}

const approve = () => screen.getByRole("button", { name: /^Approve/ });
const reject = () => screen.getByRole("button", { name: "Send back" });
const one = finding("f1", "One.");
const two = finding("f2", "Two.");

test("a gap counts by itself, is kept unless unticked, and is then left out of keep", async () => {
  const { decide } = show({ findings: [one, two, gap("g1", "Three.")] });
  screen.getByText("Round 1 · 2 findings from 1 source");
  screen.getByText("Searched for, and not found: 1 point");
  expect(approve().textContent).toMatch(/^Approve all 2 findings/);
  const box = screen.getByRole("checkbox", { name: "Say in the report that this was not found" });
  expect(box.getAttribute("aria-describedby")).not.toBeNull();
  await userEvent.click(box);
  expect(approve().textContent).toMatch(/^Approve all 2 findings/);
  await userEvent.click(approve());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "approve", keep: ["f1", "f2"] });
});

test("what a model left out, and what is translated, says so", () => {
  show({ findings: [one, { ...two, by_words: true }, { ...finding("f3", "Drei."), mark: "translated" }] });
  expect(screen.getAllByText("Found by words; the model left it out.")).toHaveLength(1);
  expect(screen.getAllByText("Translated from the quote, meaning not checked.")).toHaveLength(1);
});

test("a part that nothing surely answers says so, one that something answers does not", () => {
  const near = { ...two, near: true, match: 0.5 };
  const hint = /^Nothing found surely answers this/;
  const { unmount } = show({ findings: [one, near] });
  expect(screen.queryByText(hint)).toBeNull();
  unmount();
  const parts = [
    { topic: "Locks", round: 1, findings: ["f1"], gap: null },
    { topic: "Rows", round: 1, findings: ["f2"], gap: null },
  ];
  show({ findings: [one, near], parts });
  const group = screen.getByRole("heading", { name: "Rows" }).parentElement;
  expect(within(group as HTMLElement).getByText(hint)).not.toBeNull();
  expect(screen.getAllByText(hint)).toHaveLength(1);
  expect(screen.getAllByText(/weak match/).length).toBeGreaterThan(0);
});

test("nothing but gaps can be approved, but not without any of them", async () => {
  const { decide } = show({ findings: [gap("g1", "Three.")] });
  await userEvent.click(screen.getByRole("checkbox"));
  await userEvent.click(approve());
  expect(decide).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("checkbox"));
  await userEvent.click(approve());
  expect(decide.mock.calls[0]?.[0]).not.toHaveProperty("keep");
});

test("a conflict is said above the two and on each of them, until one is dropped", async () => {
  show({
    findings: [one, two],
    conflicts: [{ findings: ["f1", "f2"], why: "They differ on the number.", grade: "contradiction" }],
  });
  const block = screen.getByRole("note");
  expect(block.textContent).toContain("These two cannot both be right");
  expect(block.textContent).toContain("They differ on the number.");
  expect(within(block).getByRole("link", { name: "Two." }).getAttribute("href")).toBe("#finding-f2");
  const [first, second] = screen.getAllByRole("article");
  expect(block.compareDocumentPosition(first as Element) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  expect(second?.id).toBe("finding-f2");
  expect(second?.textContent).toContain("Disagrees with One.");
  await userEvent.click(screen.getByRole("checkbox", { name: "Two." }));
  expect(screen.getByRole("note").textContent).toContain("you keep one of them");
  expect(screen.queryByText(/^Disagrees with/)).toBeNull();
});

test("further quotes unfold, strength is words, and a source says its date and its copies", async () => {
  const agreed: Finding = {
    ...one,
    agreeing: 2,
    match: 0.8,
    quotes: [...one.quotes, ...finding("f1", "One too.", "One too.", "s2").quotes],
  };
  const sources = [source("s1", "Guide", { date: "2024-05", copies: ["a.html", "b.html"] }), source("s2", "Other")];
  show({ findings: [agreed], sources });
  screen.getByText("2 independent sources, strong match");
  expect(screen.queryByText("One too.")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "and 1 more source says so" }));
  screen.getByText("One too.");
  const card = within(screen.getByRole("article"));
  card.getByText(/^May 2024, \d+ years? old$/);
  await userEvent.click(card.getByRole("button", { name: "Quote" }));
  card.getByText("Same text in 2 other files");
});

test("a claim is worded anew, survives a reload, and is sent beside the decision", async () => {
  const { unmount } = show({ findings: [one, two] });
  await userEvent.click(screen.getByRole("button", { name: "Reword: One." }));
  const field = screen.getByRole("textbox", { name: "The claim in your words" });
  expect(document.activeElement).toBe(field);
  await userEvent.clear(field);
  await userEvent.type(field, "Just one.{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Reword: Just one." }));
  screen.getByText("Reworded by you");
  unmount();
  const { decide } = show({ findings: [one, two] });
  screen.getByText("Just one.");
  expect(screen.getAllByText("One.").map((each) => each.tagName)).toEqual(["MARK"]);
  await userEvent.click(approve());
  expect(decide).toHaveBeenCalledWith({
    response: "approve",
    review: 4,
    feedback: "",
    edits: { f1: "Just one." },
    by: "Ada",
  });
});

test("Escape leaves a wording as it was, and a wording can be taken back", async () => {
  const { decide } = show({ findings: [one, two] });
  await userEvent.click(screen.getByRole("button", { name: "Reword: One." }));
  await userEvent.type(screen.getByRole("textbox", { name: "The claim in your words" }), " More.{Escape}");
  expect(screen.queryByText("Reworded by you")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Reword: One." }));
  await userEvent.type(screen.getByRole("textbox", { name: "The claim in your words" }), " More.");
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  await userEvent.click(screen.getByRole("button", { name: "Undo the rewording" }));
  expect(screen.queryByText("Reworded by you")).toBeNull();
  await userEvent.click(reject());
  await vi.waitFor(() => expect(decide).toHaveBeenCalled());
  expect(decide.mock.calls[0]?.[0]).not.toHaveProperty("edits");
});

test("who worded a claim before is said, with what it was", () => {
  const reworded = { by: "Bo", verified: null, at: "2026-11-03T14:06:00Z", was: "Uno." };
  show({ findings: [{ ...one, reworded }] });
  expect(screen.getByText(/^Reworded by Bo/).closest("details")?.textContent).toContain("Uno.");
});

test("feedback leads to what came of it; what is gone is folded; usage is said", () => {
  show({
    findings: [one, two],
    feedback_used: [
      {
        feedback: "numbers",
        what_was_done: "Searched for numbers.",
        round: 1,
        findings: ["f2", "f9"],
        status: "done",
        field: "search",
      },
    ],
    gone: [
      { id: "f7", claim: "Seven.", round: 1, why: "dropped", reason: "" },
      { id: "f8", claim: "Eight.", round: 1, why: "aside", reason: "" },
    ],
    usage: usage({ budget: { tokens: 50_000, calls: null, seconds: null, stage_seconds: null } }),
  });
  const used = within(screen.getByRole("region", { name: "What was done with the feedback" }));
  expect(used.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["#finding-f2"]);
  const gone = screen.getByText("2 findings are not shown any more").closest("details");
  expect(gone?.open).toBe(false);
  expect(gone?.textContent).toMatch(/Seven\.dropped in review.*Eight\.set aside/);
  screen.getByText("So far 3 calls, 4,210 of 50,000 tokens");
});

test("evidence is shown as what it is: a row below its header, an item below its lead, code as code", () => {
  const shown = (kind: Quote["kind"], text: string, lead: string | null, marked = text): Finding => {
    const from = text.indexOf(marked);
    const place = { heading: "Part", page: null, offset: 0, lead };
    const quote: Quote = { text, source: "s1", kind, marked: [from, from + marked.length], place };
    return { ...finding(`f-${kind}`, `Claim of ${kind}.`), quotes: [quote] };
  };
  show({
    findings: [
      shown("row", "Free | a || b | 0 €\nPro |  | 12 €", "Plan | Seats | Price", "Pro |  | 12 €"),
      shown("item", "Saturday: 10:00", "Opening hours"),
      shown("definition", "A lock for one.", "exclusive"),
      shown("code", "To begin:\n    if x:\n        y()\nThat is all.", "Like this:", "if x:\n        y()"),
    ],
    sources: [source("s1", "Guide")],
  });
  for (const whole of screen.getAllByRole("button", { name: "Whole passage" })) fireEvent.click(whole);
  const [row, item, definition, code] = screen.getAllByRole("article").map((card) => card.querySelector("blockquote"));
  if (!row || !item || !definition || !code) throw new Error("no quote");
  expect(
    within(row)
      .getAllByRole("columnheader")
      .map((head) => head.textContent),
  ).toEqual(["Plan", "Seats", "Price"]);
  expect(
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["Pro", "", "12 €"]);
  expect(row.textContent).toContain("Free | a || b | 0 €");
  expect(item.textContent).toBe("Opening hoursSaturday: 10:00");
  expect(item.querySelector("mark")?.textContent).toBe("Saturday: 10:00");
  expect(definition.textContent).toBe("exclusiveA lock for one.");
  expect(code.querySelector("code")?.textContent).toBe("    if x:\n        y()");
  expect(code.textContent).toContain("To begin:");
});

test("of long code a card shows the first lines and how many follow; the quote has them all", () => {
  const code = (id: string, lines: number): Finding => {
    const text = Array.from({ length: lines }, (_, line) => `step(${line + 1})`).join("\n");
    const place = { heading: "Part", page: null, offset: 0, lead: null };
    const quote: Quote = { text, source: "s1", kind: "code", marked: [0, text.length], place };
    return { ...finding(id, text), quotes: [quote] };
  };
  show({ findings: [code("f1", 10), code("f2", 11)], sources: [source("s1", "Guide")] });
  const [whole, long] = screen.getAllByRole("article");
  if (!whole || !long) throw new Error("no card");
  expect(within(whole).getByRole("heading").textContent).toMatch(/step\(10\)$/);
  expect(within(long).getByRole("heading").textContent).toMatch(/step\(8\)… and 3 more lines$/);
  fireEvent.click(within(long).getByRole("button", { name: "Quote" }));
  expect(long.querySelector("blockquote")?.textContent).toMatch(/step\(11\)$/);
});

test("each part of the question has a row: its best statement, document and match, or that there is none", () => {
  const part = (topic: string, round: number, findings: string[], none: string | null = null) => ({
    topic,
    round,
    findings,
    gap: none,
  });
  show({
    findings: [{ ...one, match: 0.9 }, two, gap("g1", "Nothing on ports.")],
    parts: [
      part("Locks", 1, ["f1", "f2"]),
      part("Ports", 1, [], "g1"),
      part("Later", 2, ["f2"]),
      part("Gone", 1, ["f9"]),
    ],
  });
  const table = within(screen.getByRole("table", { name: "The best answer to each part of the question" }));
  const rows = table.getAllByRole("row").slice(1);
  expect(rows.map((row) => within(row).getByRole("rowheader").textContent)).toEqual(["Later", "Locks", "Ports"]);
  expect(rows.map((row) => within(row).getByRole("link").getAttribute("href"))).toEqual([
    "#finding-f2",
    "#finding-f1",
    "#finding-g1",
  ]);
  const told = within(rows[1] as HTMLElement).getAllByRole("cell");
  expect(told.map((cell) => cell.textContent)).toEqual(["One.", "Guide", "strong"]);
  expect(rows[2]?.textContent).toBe("PortsNothing found");
  cleanup();
  show({ findings: [two], aside: [one], parts: [part("Later", 2, ["f2"]), part("Locks", 1, [])] });
  screen.getByRole("row", { name: "Locks What was found is set aside" });
  screen.getByText("Round 1 · 1 finding from 1 source");
});

test("in later rounds the parts are a line, which says how many are answered, and opens", async () => {
  const part = (topic: string, findings: string[], none: string | null = null) => ({
    topic,
    round: 1,
    findings,
    gap: none,
  });
  const findings = [one, two, gap("g1", "Nothing on ports.")];
  const parts = [part("Locks", ["f1"]), part("Rows", ["f2"])];
  show({ round: 2, findings, parts });
  screen.getByRole("button", { name: "2 parts: all answered" });
  cleanup();
  show({
    round: 2,
    findings,
    aside: [{ ...two, id: "f3" }],
    parts: [...parts, part("Ports", [], "g1"), part("Old", ["f3"])],
  });
  const line = screen.getByRole("button", { name: "4 parts: 2 answered, 1 not, 1 set aside" });
  expect(line.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(line);
  const table = within(document.getElementById(line.getAttribute("aria-controls") ?? "") as HTMLElement);
  expect(table.getAllByRole("row")).toHaveLength(5);
  expect(line.getAttribute("aria-expanded")).toBe("true");
});

test("a question in one part needs no table: its first finding is the answer", () => {
  show({ findings: [one, two], parts: [{ topic: "Locks", round: 1, findings: ["f1", "f2"], gap: null }] });
  expect(screen.queryByRole("table", { name: /^The best answer/ })).toBeNull();
});
