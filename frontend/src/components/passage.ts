import type { Quote } from "@/protocol";

/** A text around one sentence. Offsets count characters as the server does: code points, not UTF-16 units. */
export interface Passage {
  before: string;
  marked: string;
  after: string;
  /** Whether something was left out at either end. */
  cut: boolean;
}

/** Splits `text` at its marked sentence; with `around`, keeps about that many characters on either side. */
export function splitPassage(text: string, marked: [number, number] | null, around?: number): Passage {
  const points = Array.from(text);
  const [start, end] = marked ?? [0, 0];
  const valid = marked !== null && start >= 0 && start < end && end <= points.length;
  const before = valid ? points.slice(0, start).join("") : "";
  const middle = valid ? points.slice(start, end).join("") : "";
  const after = valid ? points.slice(end).join("") : text;
  if (around === undefined) return { before, marked: middle, after, cut: false };
  const head = valid ? tail(before, around) : "";
  const rest = lead(after, valid ? around : around * 2);
  return { before: head, marked: middle, after: rest, cut: head !== before || rest !== after };
}

/** The last characters of a text, from a word's start on. A short rest is not worth cutting. */
function tail(text: string, length: number): string {
  if (text.length <= length * 1.4) return text;
  return `… ${text.slice(-length).replace(/^\S*\s+/, "")}`;
}

function lead(text: string, length: number): string {
  if (text.length <= length * 1.4) return text;
  return `${text.slice(0, length).replace(/\s+\S*$/, "")} …`;
}

/** A piece of a stored passage: outside the quote, in it, or the sentence of it that carries the claim. */
export interface Piece {
  text: string;
  kind: "around" | "quote" | "marked";
}

/** A passage cut at the ends of its quote and of its marked sentence, in code points; empty pieces are left out. */
export function piecesOf(text: string, quote: [number, number], marked: [number, number] | null): Piece[] {
  const points = Array.from(text);
  const inside = (span: [number, number] | null, at: number): boolean => span !== null && span[0] <= at && at < span[1];
  const cuts = [0, ...quote, ...(marked ?? []), points.length]
    .filter((cut) => cut >= 0 && cut <= points.length)
    .sort((one, other) => one - other);
  const pieces: Piece[] = [];
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1] ?? start;
    if (end === start) continue;
    const kind = inside(marked, start) ? "marked" : inside(quote, start) ? "quote" : "around";
    pieces.push({ text: points.slice(start, end).join(""), kind });
  }
  return pieces;
}

/** A quote cut down to what it marks. */
export function statementOf(quote: Quote): Quote {
  const { marked } = splitPassage(quote.text, quote.marked);
  return marked === "" ? quote : { ...quote, text: marked, marked: [0, Array.from(marked).length] };
}
