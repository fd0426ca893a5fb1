import { expect, test } from "vitest";
import type { RunState } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import { differenceOf, placementOf } from "./inbox-groups";
import { type InboxList, listOf, shownRuns, withChanges, withFirstPages, withPage } from "./inbox-list";
import { EVERYTHING, type InboxQuery, matches, queryOf, searchOf } from "./inbox-query";

const NOW = new Date(2026, 10, 20, 15, 0);

function at(day: number, hour: number): string {
  return new Date(2026, 10, day, hour).toISOString();
}

/** A finished run that was asked on this day. */
function over(id: string, day: number, data: Partial<RunState> = {}): RunState {
  return run({ id, status: "completed", created_at: at(day, 9), updated_at: at(day, 10), ...data }).data;
}

const page = (runs: RunState[], next: string | null = null) => ({ runs, next });
const none = page([]);
const ids = (list: InboxList) => shownRuns(list).map((each) => each.id);
const DONE: InboxQuery = { show: "done", q: "" };

test("decisions come first, then what runs, then what is over by day", () => {
  const runs = [
    over("old", 2),
    over("yesterday", 19, { status: "failed", updated_at: at(19, 23) }),
    over("today", 1, { updated_at: at(20, 1) }),
    over("week", 15, { status: "cancelled" }),
    run({ id: "running", status: "running", updated_at: at(20, 14) }).data,
    run({ id: "waiting", status: "waiting", updated_at: at(1, 14) }).data,
  ];
  expect(placementOf(runs, NOW)).toEqual([
    ["waiting", ["waiting"]],
    ["running", ["running"]],
    ["today", ["today"]],
    ["yesterday", ["yesterday"]],
    ["week", ["week"]],
    ["earlier", ["old"]],
  ]);
});

test("what is new and what stands elsewhere is told apart", () => {
  const before = placementOf([over("a", 20), run({ id: "b", status: "running" }).data], NOW);
  const after = placementOf([over("a", 20), over("b", 20), over("c", 20)], NOW);
  expect(differenceOf(before, after)).toEqual({ fresh: ["c"], moved: ["b"] });
  expect(differenceOf(after, after)).toEqual({ fresh: [], moved: [] });
});

test("states come in any order and more than once; the latest one stands", () => {
  const states = [
    over("a", 20, { status: "running", last_seq: 4 }),
    over("a", 20, { status: "waiting", last_seq: 6 }),
    over("a", 20, { status: "completed", last_seq: 9 }),
  ];
  const [one, two, three] = states;
  for (const order of [
    [one, two, three],
    [three, one, two],
    [two, three, three, one],
  ]) {
    const list = order.reduce(
      (list, state) => withChanges(list, { runs: state === undefined ? [] : [state], gone: [] }),
      listOf(EVERYTHING, [none, none]),
    );
    expect(shownRuns(list).map((each) => each.status)).toEqual(["completed"]);
  }
  const cutBack = over("a", 20, { status: "running", last_seq: 3, generation: 2 });
  const list = withChanges(listOf(EVERYTHING, [none, page(states)]), { runs: [cutBack], gone: [] });
  expect(shownRuns(list)).toEqual([cutBack]);
});

test("what was erased does not come back with a page that was asked for before", () => {
  const list = withChanges(listOf(DONE, [page([over("a", 3), over("b", 2)], "c1")]), { runs: [], gone: ["b"] });
  expect(ids(list)).toEqual(["a"]);
  expect(ids(withPage(list, 0, page([over("b", 2), over("c", 1)])))).toEqual(["a", "c"]);
  expect(ids(listOf(DONE, [page([over("b", 2)])], list))).toEqual([]);
});

test("a run that leaves the filter is not shown, and comes back with it", () => {
  const waiting: InboxQuery = { show: "waiting", q: "" };
  const state = run({ id: "a", status: "waiting", last_seq: 5 }).data;
  const list = listOf(waiting, [page([state])]);
  const left = withChanges(list, { runs: [{ ...state, status: "running", last_seq: 6 }], gone: [] });
  expect(ids(left)).toEqual([]);
  expect(ids(withChanges(left, { runs: [{ ...state, last_seq: 9 }], gone: [] }))).toEqual(["a"]);
});

test("further pages stay when the first is read again, and so does the place in them", () => {
  const first = listOf(DONE, [page([over("d", 10), over("c", 9)], "c1")]);
  const both = withPage(first, 0, page([over("b", 8), over("a", 7)], "c2"));
  const again = withFirstPages(both, [page([over("e", 11), over("d", 10)], "c9")], new Set());
  expect(ids(again)).toEqual(["e", "d", "c", "b", "a"]);
  expect(again.next).toEqual(["c2"]);
});

test("what a page should have and has not is gone, unless the stream said otherwise meanwhile", () => {
  const list = listOf(DONE, [page([over("d", 10), over("c", 9), over("b", 8)])]);
  const heard = withChanges(list, { runs: [over("x", 12)], gone: [] });
  const again = withFirstPages(heard, [page([over("d", 10), over("b", 8)])], new Set(["x"]));
  expect(ids(again)).toEqual(["x", "d", "b"]);
});

test("after a long time away the list begins again with its first page", () => {
  const list = listOf(DONE, [page([over("b", 2), over("a", 1)], "c1")]);
  const again = withFirstPages(list, [page([over("z", 19), over("y", 18)], "c7")], new Set());
  expect(ids(again)).toEqual(["z", "y"]);
  expect(again.next).toEqual(["c7"]);
});

test("what is shown and searched is in the address, beside what else stands there", () => {
  expect(queryOf("?show=waiting&q=%20vacuum%20full")).toEqual({ show: "waiting", q: "vacuum full" });
  expect(queryOf("?show=nonsense")).toEqual(EVERYTHING);
  expect(queryOf(`?q=${"x".repeat(500)}`).q).toHaveLength(200);
  expect(searchOf({ show: "done", q: "a b" }, "?question=Why")).toBe("?question=Why&show=done&q=a+b");
  expect(searchOf(EVERYTHING, "?show=done&q=x")).toBe("");
});

test("a search finds its text in question and asker, as the server does", () => {
  const one = run({ question: "When does VACUUM lock?", by: "Ada", status: "waiting" }).data;
  for (const q of ["vacuum", "ada", "does v"]) expect(matches(one, { show: "waiting", q })).toBe(true);
  for (const query of [{ show: "done", q: "" } as const, { show: "all", q: "vacuum full" } as const]) {
    expect(matches(one, query)).toBe(false);
  }
});
