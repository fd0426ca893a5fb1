import { readText, writeText } from "./storage";

const KEY = "sayso.question";

/** The question that was being written, so that a look at something else does not lose it. */
export function keptQuestion(): string {
  return readText(KEY) ?? "";
}

export function keepQuestion(text: string): void {
  writeText(KEY, text.trim() === "" ? null : text);
}
