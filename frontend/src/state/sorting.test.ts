import { expect, test } from "vitest";
import type { Finding } from "@/protocol";
import { finding, gap } from "@/protocol/frames.fixture";
import { complete } from "./complete";
import { type DecisionDraft, UNTOUCHED } from "./decision-draft";
import { outcomeOf } from "./outcome";
import { answerOf, keepsNothing, sortingOf } from "./sorting";
import { itemsOf, wishesOf } from "./wishes";

const KEPT: Finding = { ...finding("f3", "Three."), state: "kept" };
const DATA = {
  findings: [finding("f1", "One."), finding("f2", "Two."), KEPT, gap("g1", "Four.")],
  aside: [finding("f9", "Nine.")],
};
const draft = (data: Partial<DecisionDraft>): DecisionDraft => ({ ...UNTOUCHED, ...data });

test("an approval of all that is shown says no more than that", () => {
  expect(answerOf(DATA, UNTOUCHED, "approve", null)).toEqual({ response: "approve", feedback: "" });
});

test("untouched, sending back keeps only what was kept before; the gaps stay open", () => {
  const sent = answerOf(DATA, UNTOUCHED, "reject", null);
  expect(sent).toEqual({ response: "reject", feedback: "", keep: ["f3", "g1"], drop: {} });
});

test.each<[string, Partial<DecisionDraft>, string[]]>([
  ["one is unticked", { unticked: ["f1"] }, ["f2", "f3", "g1"]],
  ["all is to be kept", { keepsAll: true }, ["f1", "f2", "f3", "g1"]],
  ["one is worded anew", { edits: { f1: "Uno." } }, ["f1", "f2", "f3", "g1"]],
  ["one comes back", { back: ["f9"] }, ["f1", "f2", "f3", "g1", "f9"]],
])("once %s, what stands ticked is kept", (_, touched, keep) => {
  expect(answerOf(DATA, draft(touched), "reject", null)).toMatchObject({ keep, drop: {} });
});

test("what is never to come back is dropped with its reason, and kept in no case", () => {
  const sent = answerOf(DATA, draft({ never: { f2: "old" }, unticked: ["f1"] }), "approve", null);
  expect(sent).toMatchObject({ keep: ["f3", "g1"], drop: { f2: "old" } });
});

test("a gap that is unticked is dropped: it is not mentioned, and nobody is told of a finding less", () => {
  const unticked = draft({ unticked: ["g1"] });
  expect(answerOf(DATA, unticked, "approve", null)).toMatchObject({ keep: ["f1", "f2", "f3"], drop: { g1: "" } });
  expect(outcomeOf(DATA, unticked, "approve", undefined)).toMatchObject({ kept: 3, aside: 0, never: 0 });
});

test("feedback that was read goes in its fields, and as it was typed where it was not", () => {
  const reading = complete("Reading", {
    points: [
      { said: "Locks", field: "search", value: "Locks", sent: false } as never,
      { said: "drop f1", field: "drop", value: "f1", sent: false } as never,
    ],
    unsure: [{ said: "Not so, but so", field: "leave_out" }],
  });
  const typed = draft({ feedback: "Locks; drop f1; Not so, but so", note: " Shorter " });
  expect(answerOf(DATA, typed, "reject", reading)).toEqual({
    response: "reject",
    feedback: "Not so, but so",
    keep: ["f3", "g1"],
    drop: { f1: "drop f1" },
    note: "Shorter",
    search: ["Locks"],
  });
  expect(answerOf(DATA, typed, "reject", null)).toMatchObject({ feedback: typed.feedback, drop: {} });
  // What nobody has read goes to the writer with an approval: it is not lost.
  expect(answerOf(DATA, typed, "approve", null)).toEqual({
    response: "approve",
    feedback: "",
    note: `Shorter\n${typed.feedback}`,
  });
  // Nothing is searched after an approval.
  const approved = answerOf(DATA, typed, "approve", reading);
  expect(approved).toMatchObject({ feedback: "", note: "Shorter", drop: { f1: "drop f1" } });
  expect(approved).not.toHaveProperty("search");
});

test("a passage that was added is sent by its place", () => {
  const added = [{ source: "s1", start: 4, end: 9, text: "a lock" }];
  expect(answerOf(DATA, draft({ added }), "reject", null)).toMatchObject({
    add: [{ source: "s1", start: 4, end: 9 }],
  });
});

test("nothing left cannot be approved; what comes back or was added is something", () => {
  const none = { unticked: ["f1", "f2", "f3"] };
  expect(keepsNothing(DATA, UNTOUCHED)).toBe(false);
  expect(keepsNothing(DATA, draft(none))).toBe(true);
  expect(keepsNothing(DATA, draft({ ...none, back: ["f9"] }))).toBe(false);
  expect(keepsNothing(DATA, draft({ ...none, added: [{ source: "s1", start: 0, end: 1, text: "a" }] }))).toBe(false);
});

test("the outcome says what the decision that is sent would do", () => {
  const reading = complete("Reading", {
    points: [{ said: "Locks", field: "search", value: "Locks", sent: false } as never],
    unsure: [{ said: "Not so", field: "leave_out" }],
  });
  const typed = draft({ feedback: "Locks. Not so", never: { f2: "" }, unticked: ["f1"] });
  const wishes = wishesOf(itemsOf(reading), reading);
  expect(outcomeOf(DATA, typed, "reject", wishes)).toMatchObject({
    kept: 1,
    aside: 1,
    never: 1,
    search: ["Locks"],
    unsure: 1,
    asTyped: false,
  });
  expect(outcomeOf(DATA, typed, "approve", wishes)).toMatchObject({ search: [], unsure: 0, notSearched: true });
  expect(outcomeOf(DATA, typed, "reject", undefined)).toMatchObject({ asTyped: true });
  expect(sortingOf(DATA, typed, "reject", wishes).keep).toEqual(["f3", "g1"]);
});
