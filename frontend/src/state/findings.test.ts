import { expect, test } from "vitest";
import type { Conflict } from "@/protocol";
import { finding, gap } from "@/protocol/frames.fixture";
import { type DecisionDraft, UNTOUCHED } from "./decision-draft";
import {
  conflictsAbove,
  countEvidence,
  editsOf,
  keptBy,
  matchWord,
  otherSentences,
  reword,
  saysItsQuote,
} from "./findings";

const FINDINGS = [finding("f1", "One."), finding("f2", "Two."), gap("g1", "Three.")];
const draft = (data: Partial<DecisionDraft>): DecisionDraft => ({ ...UNTOUCHED, ...data });

test("a wording is sent on one line; an empty, an unchanged and an unticked one are not", () => {
  const edits = { f1: "  One\n and a half. " };
  expect(editsOf(FINDINGS, draft({ edits }))).toEqual({ edits: { f1: "One and a half." } });
  expect(editsOf(FINDINGS, draft({ edits: { f1: " ", f2: "Two. " } }))).toEqual({});
  expect(editsOf(FINDINGS, draft({ edits, unticked: ["f1"] }))).toEqual({});
  expect(editsOf(FINDINGS, draft({ edits, never: { f1: "" } }))).toEqual({});
});

test("a claim says its quote where its letters do, whatever signs stand between, or where the check says so", () => {
  const one = finding("f1", "Locks are taken.", "- Locks are **taken**. More.");
  const [quote] = one.quotes;
  if (quote === undefined) throw new Error("no quote");
  const marking = (text: string) => ({ ...one, quotes: [{ ...quote, marked: [0, text.length] as [number, number] }] });
  expect(saysItsQuote(marking("- Locks are **taken**."))).toBe(true);
  expect(saysItsQuote(marking("- Locks are"))).toBe(false);
  expect(saysItsQuote({ ...marking("- Locks are"), mark: "same" })).toBe(true);
  expect(saysItsQuote({ ...marking("- Locks are"), mark: "reworded" })).toBe(false);
  expect(saysItsQuote(gap("g1", "Nothing."))).toBe(false);
});

test("other sentences of the passage are those that the claim does not say", () => {
  const one = finding("f1", "One.", "One. Two is more.\nThree is a line");
  expect(otherSentences(one)).toEqual(["Two is more.", "Three is a line"]);
});

test("a wording that says what was found is none", () => {
  const [one] = FINDINGS;
  if (one === undefined) throw new Error("no finding");
  const edited = reword(UNTOUCHED, one, "Uno.");
  expect(edited.edits).toEqual({ f1: "Uno." });
  expect(reword(edited, one, "One.").edits).toEqual({});
  expect(reword(edited, one, null).edits).toEqual({});
});

test("gaps are no findings when findings are counted", () => {
  expect(keptBy({ keep: null }, FINDINGS)).toBe(2);
  expect(keptBy({ keep: ["f2", "g1"] }, FINDINGS)).toBe(1);
  expect(countEvidence(["f1", "f12", "g1"])).toBe(2);
});

test("a conflict stands above the first of its findings, in the order shown", () => {
  const conflict: Conflict = { findings: ["f2", "f1"], why: "", grade: "contradiction" };
  const above = conflictsAbove(FINDINGS, [conflict, { findings: ["f9"], why: "", grade: "contradiction" }]);
  expect([...above]).toEqual([["f1", [conflict]]]);
});

test.each([
  [0.9, false, "strong"],
  [0.7, false, "strong"],
  [0.4, false, "fair"],
  [0.1, false, "weak"],
  [0.5, true, "weak"],
  [null, false, null],
])("a match of %d, only near: %s, is %s", (match, near, word) => {
  expect(matchWord({ match, near })).toBe(word);
});
