import { expect, test } from "vitest";
import type { StoredPassage } from "@/protocol";
import { blocksOfPassage, cellsOfLine, type Line, type PassageBlock } from "./passage-lines";

function passage(before: string, text: string, after = "", marked = text): StoredPassage {
  const start = Array.from(text.slice(0, text.indexOf(marked))).length;
  const span: [number, number] = [start, start + Array.from(marked).length];
  return {
    finding: "f1",
    before,
    text,
    after,
    quote: span,
    marked: span,
    place: { heading: null, page: null, offset: 0, lead: null },
  };
}

const textOf = (line: Line): string => line.map((piece) => piece.text).join("");

function told(block: PassageBlock): unknown[] {
  switch (block.kind) {
    case "heading":
      return ["heading", textOf(block.line)];
    case "list":
      return [block.ordered ? "ol" : "ul", ...block.items.map(textOf)];
    case "table":
      return [block.header ? "headed" : "table", ...block.rows.map((row) => cellsOfLine(row).map(textOf))];
    default:
      return [block.kind, ...block.lines.map(textOf)];
  }
}

const shown = (...args: Parameters<typeof passage>) => blocksOfPassage(passage(...args)).map(told);

test("a passage is what its lines make it: headings, paragraphs, lists, tables and code", () => {
  expect(
    shown(
      "It goes on.\n\nRedirects\n\n",
      "Good to know:\n• One thing.\n• Another.\n\n1. First\n2. Then",
      "\n\nPlan | Price\n--- | ---\nFree | 0 €\n\n```ts\nif (a || b) {\n\n  go()\n}\n```\nThe end.",
    ),
  ).toEqual([
    ["paragraph", "It goes on."],
    ["heading", "Redirects"],
    ["paragraph", "Good to know:"],
    ["ul", "One thing.", "Another."],
    ["ol", "First", "Then"],
    ["headed", ["Plan", "Price"], ["Free", "0 €"]],
    ["code", "if (a || b) {", "", "  go()", "}"],
    ["paragraph", "The end."],
  ]);
});

test("a passage that begins or ends in the middle of code", () => {
  expect(shown("a()\n}\n```\n\nAs said.\n\n", "```js\nb()\n```\n\nText.", "\n\n```py\nc()")).toEqual([
    ["code", "a()", "}"],
    ["paragraph", "As said."],
    ["code", "b()"],
    ["paragraph", "Text."],
    ["code", "c()"],
  ]);
});

test("the quote is marked through whatever it stands in, counted in code points", () => {
  const [, list] = blocksOfPassage(passage("Smile 😀:\n", "😀 before\n• 😀 The one.\n• Other", "", "The one."));
  expect(list?.kind === "list" && list.items).toEqual([
    [
      { text: "😀 ", kind: "around" },
      { text: "The one.", kind: "marked" },
    ],
    [{ text: "Other", kind: "around" }],
  ]);
  const [table] = blocksOfPassage(passage("", "Free | 0 €\nPro | 12 €", "", "Pro | 12 €"));
  const rows = table?.kind === "table" ? table.rows.map((row) => cellsOfLine(row).map(([piece]) => piece?.kind)) : [];
  expect(rows).toEqual([
    ["around", "around"],
    ["marked", "marked"],
  ]);
});

test("lists within lists have marks of their own", () => {
  expect(shown("", "• Members may:\n◦ cook\n\n1) Lift it:\n(1) bend", "", "cook")).toEqual([
    ["ul", "Members may:", "cook"],
    ["ol", "Lift it:", "bend"],
  ]);
});

test("cells are told apart by where they stand, and an empty one is empty", () => {
  const [table] = blocksOfPassage(passage("", "a | a |  | a", "", "a"));
  expect(table && told(table)).toEqual(["table", ["a", "a", "", "a"]]);
});

test("what only looks like a heading, a list or a row is text", () => {
  expect(shown("", "It ends here.\n\nWho?\n\n-5 degrees\na||b and c|d\n3.5 metres")).toEqual([
    ["paragraph", "It ends here."],
    ["paragraph", "Who?"],
    ["paragraph", "-5 degrees", "a||b and c|d", "3.5 metres"],
  ]);
});
