import { expect, test } from "vitest";
import { piecesOf, splitPassage } from "./passage";

test("splits at the marked sentence", () => {
  expect(splitPassage("One. Two. Three.", [5, 9])).toEqual({
    before: "One. ",
    marked: "Two.",
    after: " Three.",
    cut: false,
  });
});

test("counts characters as the server does", () => {
  expect(splitPassage("😀 Two. Three.", [2, 6]).marked).toBe("Two.");
});

test("leaves out what is far from the sentence, at word boundaries", () => {
  const text = `${"before ".repeat(50)}Here. ${"after ".repeat(50)}`;
  const passage = splitPassage(text, [350, 355], 40);
  expect(passage.marked).toBe("Here.");
  expect(passage.before).toMatch(/^… (before )+$/);
  expect(passage.after).toMatch(/^( after)+ …$/);
  expect(passage.cut).toBe(true);
});

test("offsets that point nowhere mark nothing", () => {
  expect(splitPassage("Short.", [4, 40])).toEqual({ before: "", marked: "", after: "Short.", cut: false });
  expect(splitPassage("Short.", null).after).toBe("Short.");
});

test("a stored passage is cut at its quote and at the sentence in it, in code points", () => {
  expect(piecesOf("🦉 a. One. Two. z", [5, 14], [10, 14])).toEqual([
    { text: "🦉 a. ", kind: "around" },
    { text: "One. ", kind: "quote" },
    { text: "Two.", kind: "marked" },
    { text: " z", kind: "around" },
  ]);
  expect(piecesOf("One.", [0, 4], null)).toEqual([{ text: "One.", kind: "quote" }]);
  expect(piecesOf("One.", [0, 99], null)).toEqual([{ text: "One.", kind: "quote" }]);
});
