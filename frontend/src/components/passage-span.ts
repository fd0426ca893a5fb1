import type { StoredPassage } from "@/protocol";
import { linesOfBlock, type PassageBlock } from "./passage-lines";

/**
 * Where a block stands in its document's text, in code points, as the server counts; null where the document does not
 * say where its passage stands.
 */
export function spanOf(passage: StoredPassage, block: PassageBlock): { start: number; end: number } | null {
  const { before, text, after, place } = passage;
  const lines = linesOfBlock(block).filter((line) => line.trim() !== "");
  if (place.offset === null || lines.length === 0) return null;
  const whole = before + text + after;
  const found = placeOf(whole, lines);
  if (found === null) return null;
  const first = place.offset - Array.from(before).length;
  return {
    start: first + Array.from(whole.slice(0, found.start)).length,
    end: first + Array.from(whole.slice(0, found.end)).length,
  };
}

/** The first place where these lines follow each other with nothing but signs, spaces and ends of lines between. */
function placeOf(whole: string, lines: string[]): { start: number; end: number } | null {
  const [head = "", ...rest] = lines;
  for (let start = whole.indexOf(head); start >= 0; start = whole.indexOf(head, start + 1)) {
    let end = start + head.length;
    const follows = rest.every((line) => {
      const at = whole.indexOf(line, end);
      const between = at < 0 ? null : whole.slice(end, at);
      if (between === null || /\p{L}/u.test(between)) return false;
      end = at + line.length;
      return true;
    });
    if (follows) return { start, end };
  }
  return null;
}
