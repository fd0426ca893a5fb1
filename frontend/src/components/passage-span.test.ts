import { expect, test } from "vitest";
import type { StoredPassage } from "@/protocol";
import { blocksOfPassage } from "./passage-lines";
import { spanOf } from "./passage-span";

const passage = (before: string, text: string, after = "", offset: number | null = 100): StoredPassage => ({
  finding: "f1",
  before,
  text,
  after,
  quote: [0, 1],
  marked: null,
  place: { heading: null, page: null, offset, lead: null },
});

/** The text at a span, as the server would cut it out. */
function cut(
  { before, text, after, place }: StoredPassage,
  span: { start: number; end: number } | null,
): string | null {
  if (span === null) return null;
  const first = (place.offset ?? 0) - Array.from(before).length;
  return Array.from(before + text + after)
    .slice(span.start - first, span.end - first)
    .join("");
}

test("each block of a passage is found where it stands, counted in code points from the document's beginning", () => {
  const document = passage(
    "𝔸 title 😀\n\nBefore it.\n\n",
    "Twice.\n\n- One item\n- Another\n\n",
    "Twice, and more.\n\nA | B\n1 | 2",
  );
  const blocks = blocksOfPassage(document);
  expect(blocks.map((block) => cut(document, spanOf(document, block)))).toEqual([
    "𝔸 title 😀",
    "Before it.",
    "Twice.",
    "One item\n- Another",
    "Twice, and more.",
    "A | B\n1 | 2",
  ]);
});

test("a passage without a place cannot be added", () => {
  const document = passage("", "Some text.", "", null);
  const [block] = blocksOfPassage(document);
  if (block === undefined) throw new Error("no block");
  expect(spanOf(document, block)).toBeNull();
});
