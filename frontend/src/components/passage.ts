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
