// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunState } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import type { InboxView } from "@/state/inbox";
import { type InboxList, listOf, withChanges } from "@/state/inbox-list";
import { EVERYTHING, type InboxQuery } from "@/state/inbox-query";
import { Finder } from "./finder";
import { Inbox } from "./inbox";

beforeEach(() => vi.stubGlobal("scrollY", 0));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const state = (id: string, data: Partial<RunState> = {}): RunState =>
  run({ id, question: `Question ${id}`, status: "waiting", last_seq: 1, ...data }).data;
const start = listOf(EVERYTHING, [
  { runs: [state("a"), state("b")], next: null },
  { runs: [], next: null },
]);
const viewOf = (list: InboxList | null, data: Partial<InboxView> = {}): InboxView => ({
  list,
  waiting: null,
  more: false,
  reading: false,
  unreachable: false,
  ...data,
});

function show(list: InboxList | null, data: Partial<InboxView> = {}, query: InboxQuery = EVERYTHING) {
  const onQuery = vi.fn();
  const inbox = (now: InboxList | null) => <Inbox view={viewOf(now, data)} query={query} onQuery={onQuery} />;
  const { rerender } = render(inbox(list));
  return { onQuery, change: (now: InboxList | null) => rerender(inbox(now)) };
}

const rows = () => screen.getAllByRole("link").map((row) => row.getAttribute("data-run"));
const groups = () => screen.getAllByRole("region").map((group) => group.getAttribute("aria-labelledby"));
const news = () => screen.queryByRole("button", { name: /new|change/ });

test("at the top, what is new takes its place at once", () => {
  const { change } = show(start);
  change(withChanges(start, { runs: [state("c", { created_at: "2027-01-01T00:00:00Z" })], gone: ["a"] }));
  expect(rows()).toEqual(["c", "b"]);
  expect(news()).toBeNull();
});

test("how much was found is said also to who searched before the first list was there, and not for a list that just comes", async () => {
  const found = listOf({ show: "waiting", q: "" }, [{ runs: [state("a")], next: null }]);
  const { change } = show(null, {}, { show: "running", q: "" });
  await userEvent.click(screen.getByRole("button", { name: "Needs a decision" }));
  change(found);
  expect(screen.getByRole("status").textContent).toBe("1 question");
  cleanup();
  const { change: comes } = show(null, {}, { show: "waiting", q: "" });
  comes(found);
  expect(screen.getByRole("status").textContent).toBe("");
});

test("under a reader who has scrolled nothing moves, but what a row says is true", () => {
  const { change } = show(start);
  vi.stubGlobal("scrollY", 400);
  fireEvent.scroll(window);
  const decided = state("a", { status: "completed", last_seq: 9, updated_at: new Date().toISOString() });
  change(withChanges(start, { runs: [decided, state("c")], gone: [] }));
  expect(rows()).toEqual(["b", "a"]);
  expect(groups()).toEqual(["group-waiting"]);
  expect(screen.getByRole("link", { name: /Question a/ }).textContent).toContain("Done");
  expect(screen.getByRole("status").textContent).toBe("2 changes");
  vi.stubGlobal("scrollY", 0);
  fireEvent.scroll(window);
  expect(groups()).toEqual(["group-waiting", "group-today"]);
  expect(news()).toBeNull();
});

test("a row that has the focus stays under it, until the news is asked for", async () => {
  const { change } = show(start);
  await userEvent.tab();
  while (document.activeElement?.getAttribute("data-run") !== "b") await userEvent.tab();
  change(withChanges(start, { runs: [state("c", { created_at: "2027-01-01T00:00:00Z" })], gone: ["b"] }));
  expect(rows()).toEqual(["b", "a"]);
  expect(document.activeElement?.getAttribute("data-run")).toBe("b");
  await userEvent.click(screen.getByRole("button", { name: "1 new" }));
  expect(rows()).toEqual(["c", "a"]);
  expect(document.activeElement?.getAttribute("data-run")).toBe("c");
});

test("an empty answer shows the ways out of it", async () => {
  const query: InboxQuery = { show: "running", q: "zebra" };
  const { onQuery } = show(listOf(query, [{ runs: [], next: null }]), {}, query);
  expect(screen.getByText("Nothing matches “zebra” under “Running”.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show all" }));
  expect(onQuery).toHaveBeenCalledWith({ show: "all", q: "zebra" }, true);
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
});

test("a first visit has nothing to search in, and a server that is gone is said", () => {
  const empty = listOf(EVERYTHING, [
    { runs: [], next: null },
    { runs: [], next: null },
  ]);
  const { change } = show(empty);
  expect(screen.queryByRole("searchbox")).toBeNull();
  change(start);
  expect(screen.getByRole("searchbox")).toBeTruthy();
  cleanup();
  show(null, { unreachable: true });
  expect(screen.getByText(/The server does not answer/).textContent).toContain("Try again now");
});

test("a search is asked for once nothing is typed for a moment; its beginning is a step for Back", async () => {
  const onQuery = vi.fn();
  const finder = (query: InboxQuery) => <Finder query={query} onQuery={onQuery} />;
  const { rerender } = render(finder(EVERYTHING));
  await userEvent.type(screen.getByRole("searchbox"), "vac ");
  expect(onQuery).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onQuery.mock.calls).toEqual([[{ show: "all", q: "vac" }, true]]));
  rerender(finder({ show: "all", q: "vac" }));
  expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("vac ");
  await userEvent.type(screen.getByRole("searchbox"), "uum{Enter}");
  expect(onQuery).toHaveBeenLastCalledWith({ show: "all", q: "vac uum" }, false);
  rerender(finder({ show: "all", q: "vac uum" }));
  const shows = within(screen.getByRole("group", { name: "Show" }));
  await userEvent.click(shows.getByRole("button", { name: "Done" }));
  expect(onQuery).toHaveBeenLastCalledWith({ show: "done", q: "vac uum" }, true);
  act(() => rerender(finder(EVERYTHING)));
  expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("");
});

test("where not all that is open was read, no group says that it is", () => {
  const counts = () => screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent);
  const { change } = show(start);
  expect(counts()).toEqual(["Needs a decision2"]);
  change({ ...start, next: ["cursor", null] });
  expect(counts()).toEqual(["Needs a decision2+"]);
});
