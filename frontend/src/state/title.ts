import type { Report } from "@/protocol";

/** Characters from which on a question is a text, and no title. */
export const LONG_TEXT = 240;

/**
 * What stands over a report: the question that it answers. A text that was handed in is no title, and what a revision
 * was asked is no question; there it is the title that the writer gave it.
 */
export function headingOf({ question, title, parent }: Report): string {
  return question === "" || question.length > LONG_TEXT || parent !== null ? title : question;
}

/** The writer's title, where it says something else than the heading; empty where it does not. */
export function subtitleOf(report: Report): string {
  return sameLetters(report.title, headingOf(report)) ? "" : report.title;
}

export function sameLetters(one: string, other: string): boolean {
  return lettersOf(one) === lettersOf(other);
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
