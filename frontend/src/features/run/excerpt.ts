const MOST = 60;

/** The first line of a Markdown text as plain words, to tell one question from another. */
export function firstLine(markdown: string): string {
  const line = markdown.split("\n").find((each) => /[\p{L}\p{N}]/u.test(each)) ?? "";
  return clipped(line.replace(/^[\s#>*+-]+/, "").replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, ""));
}

export function clipped(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1).trimEnd()}…`;
}
