import type { Block, Sentence } from "@/protocol";

/** A part of a text as it is shown: its block, the units that it is made of, and the one that leads into it. */
export interface Shown {
  block: Block;
  lead: Sentence | null;
  units: Sentence[];
}

const PARAGRAPH: Omit<Block, "units"> = {
  kind: "paragraph",
  lead: null,
  ordered: false,
  header: [],
  rows: [],
  language: "",
};
/** What parts the cells of a row: a bar by itself. Those of code ("a || b", "string|number") are text. */
const BAR = /(?<=\s|^)\|(?=\s|$)/;

/** What the units of a section form; without blocks, as in reports of 0.1.0, they are one paragraph. */
export function blocksOf(units: Sentence[], blocks: Block[]): Shown[] {
  if (units.length === 0) return [];
  const laid = blocks.length > 0 ? blocks : [{ ...PARAGRAPH, units: units.map((_, index) => index) }];
  return laid.map((block) => ({
    block,
    lead: (block.lead === null ? undefined : units[block.lead]) ?? null,
    units: block.units.map((index) => units[index]).filter((unit) => unit !== undefined),
  }));
}

/** The cells of a row, or of a header, given as text. */
export function cellsOf(text: string): string[] {
  const cells = text
    .trim()
    .split(BAR)
    .map((cell) => cell.trim());
  const isBarred = cells.length > 2 && cells[0] === "" && cells.at(-1) === "";
  return isBarred ? cells.slice(1, -1) : cells;
}
