import { expect, test } from "vitest";
import { report } from "@/protocol/frames.fixture";
import { headingOf, subtitleOf } from "./title";

test("a report stands under its question, and under it the writer's title where that says something else", () => {
  const one = report({ question: "Why is it so?", title: "The reasons" });
  expect([headingOf(one), subtitleOf(one)]).toEqual(["Why is it so?", "The reasons"]);
  const same = report({ question: "Why is it so?", title: "Why is it so" });
  expect([headingOf(same), subtitleOf(same)]).toEqual(["Why is it so?", ""]);
});

test("a text that was handed in is no title, and neither is what a revision was asked", () => {
  const long = report({ question: "word ".repeat(60), title: "A word" });
  expect([headingOf(long), subtitleOf(long)]).toEqual(["A word", ""]);
  const revision = report({
    question: "Shorter",
    title: "The reasons",
    parent: { run_id: "r0", title: "The reasons" },
  });
  expect([headingOf(revision), subtitleOf(revision)]).toEqual(["The reasons", ""]);
});
