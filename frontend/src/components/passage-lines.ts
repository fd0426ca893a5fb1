import type { StoredPassage } from "@/protocol";
import { cellsOf } from "@/state/blocks";
import { type Piece, piecesOf } from "./passage";

/** A line of a document as the pieces of it that are outside the quote, in it, or carry the claim. */
export type Line = Piece[];

/** A part of a document, told by its lines. Their texts are text: nothing in them is read as HTML or Markdown. */
export type PassageBlock =
  | { kind: "paragraph" | "code"; lines: Line[] }
  | { kind: "heading"; line: Line }
  | { kind: "list"; ordered: boolean; items: Line[] }
  | { kind: "table"; header: boolean; rows: Line[] };

const FENCE = /^\s*(`{3,}|~{3,})/;
const ITEM = /^\s*(?:([•‣◦*+-])|\(?(\d+)[.)])\s+(?=\S)/;
const HASHES = /^#{1,6}\s+(?=\S)/;
/** The line below a header: its cells have nothing but hyphens. */
const RULE = /^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?$/;
/** Of a line by itself: no end of a sentence, nor of what leads to something. */
const ENDS = /[.,:;!?…)"”'’]$/;
const LONGEST_HEADING = 80;

/** What stands around a quote, and the quote, as the blocks that its document is made of. */
export function blocksOfPassage({ before, text, after, quote, marked }: StoredPassage): PassageBlock[] {
  const around = (part: string): Piece[] => (part === "" ? [] : [{ text: part, kind: "around" }]);
  return new Reader(linesOf([...around(before), ...piecesOf(text, quote, marked), ...around(after)])).blocks();
}

/** The text of a line, whatever is marked in it. */
function textOf(line: Line): string {
  return line.map((piece) => piece.text).join("");
}

/** The lines of a block, without the signs of lists, headings and code. */
export function linesOfBlock(block: PassageBlock): string[] {
  switch (block.kind) {
    case "heading":
      return [textOf(block.line)];
    case "list":
      return block.items.map(textOf);
    case "table":
      return block.rows.map(textOf);
    default:
      return block.lines.map(textOf);
  }
}

export function textOfBlock(block: PassageBlock): string {
  return linesOfBlock(block).join("\n");
}

/** Pieces cut at the ends of lines. */
function linesOf(pieces: Piece[]): Line[] {
  const lines: Line[] = [[]];
  for (const { text, kind } of pieces) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines;
}

class Reader {
  #lines: Line[];
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  blocks(): PassageBlock[] {
    const found = this.#beginsInCode() ? [this.#codeTo("")] : [];
    while (this.#at < this.#lines.length) {
      if (this.#text(0).trim() === "") this.#at += 1;
      else found.push(this.#block());
    }
    return found;
  }

  #block(): PassageBlock {
    const text = this.#text(0);
    if (FENCE.test(text)) return this.#code(text);
    if (ITEM.test(text)) return this.#list(text);
    if (this.#isRow(text)) return this.#table();
    if (HASHES.test(text) || this.#standsAsHeading(text)) {
      return { kind: "heading", line: without(this.#next(), HASHES.exec(text)?.[0].length ?? 0) };
    }
    const lines = this.#while((line) => !this.#begins(line));
    return { kind: "paragraph", lines: lines.length > 0 ? lines : [this.#next()] };
  }

  #code(opening: string): PassageBlock {
    this.#next();
    return this.#codeTo(FENCE.exec(opening)?.[1] ?? "");
  }

  /** To the fence that closes it, any if it is not known which; code may be cut off at either end. */
  #codeTo(fence: string): PassageBlock {
    const lines = this.#while((line) => (fence === "" ? !FENCE.test(line) : line.trim() !== fence));
    this.#next();
    return { kind: "code", lines };
  }

  /** Whether the first fence closes what began before: nothing follows it directly, as code would. */
  #beginsInCode(): boolean {
    const first = this.#lines.findIndex((line) => FENCE.test(textOf(line)));
    if (first < 1) return false;
    const isBare = /^\s*(`+|~+)\s*$/.test(textOf(this.#lines[first] ?? []));
    return isBare && textOf(this.#lines[first + 1] ?? []).trim() === "";
  }

  #list(first: string): PassageBlock {
    const isOrdered = (line: string): boolean => ITEM.exec(line)?.[2] !== undefined;
    const ordered = isOrdered(first);
    const items = this.#while((line) => ITEM.test(line) && isOrdered(line) === ordered);
    return {
      kind: "list",
      ordered,
      items: items.map((item) => without(item, ITEM.exec(textOf(item))?.[0].length ?? 0)),
    };
  }

  #table(): PassageBlock {
    const rows = this.#while((line) => this.#isRow(line) || RULE.test(line));
    const header = rows.length > 1 && RULE.test(textOf(rows[1] ?? []));
    return { kind: "table", header, rows: rows.filter((row) => !RULE.test(textOf(row))) };
  }

  /** A short line between blank ones that ends no sentence. */
  #standsAsHeading(text: string): boolean {
    const isBlank = (line: string): boolean => line.trim() === "";
    const stands =
      this.#at > 0 && isBlank(this.#text(-1)) && isBlank(this.#text(1)) && this.#at + 1 < this.#lines.length;
    return stands && text.length <= LONGEST_HEADING && !ENDS.test(text.trim());
  }

  #begins(line: string): boolean {
    return line.trim() === "" || FENCE.test(line) || ITEM.test(line) || this.#isRow(line) || HASHES.test(line);
  }

  #isRow(line: string): boolean {
    return !RULE.test(line) && cellsOf(line).length > 1;
  }

  #while(goesOn: (line: string) => boolean): Line[] {
    const lines: Line[] = [];
    while (this.#at < this.#lines.length && goesOn(this.#text(0))) lines.push(this.#next());
    return lines;
  }

  #next(): Line {
    this.#at += 1;
    return this.#lines[this.#at - 1] ?? [];
  }

  #text(ahead: number): string {
    return textOf(this.#lines[this.#at + ahead] ?? []);
  }
}

/** A line without its first characters, such as the sign of an item. */
function without(line: Line, length: number): Line {
  const kept: Line = [];
  let left = length;
  for (const { text, kind } of line) {
    if (left < text.length) kept.push({ text: text.slice(left), kind });
    left = Math.max(0, left - text.length);
  }
  return kept;
}

/** The cells of a row; a quote may begin or end in one of them. */
export function cellsOfLine(line: Line): Line[] {
  const cells: Line[] = [];
  let at = 0;
  const text = textOf(line);
  for (const cell of cellsOf(text)) {
    const start = cell === "" ? at : text.indexOf(cell, at);
    at = start + cell.length;
    cells.push(between(line, start, at));
  }
  return cells;
}

function between(line: Line, start: number, end: number): Line {
  const kept: Line = [];
  let room = end - start;
  for (const { text, kind } of without(line, start)) {
    if (room > 0) kept.push({ text: text.slice(0, room), kind });
    room -= text.length;
  }
  return kept;
}
