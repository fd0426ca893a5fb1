/** A part of a draft. Its texts are text: of Markdown only the lines that make lists, tables and code mean anything. */
export type DraftBlock =
  | { kind: "paragraph" | "code"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "table"; header: string[]; rows: string[][] };

const FENCE = /^(`{3,})[^`]*$/;
const ITEM = /^(?:[-*]|(\d+)[.)]) +(.*)$/;
const ROW = /^\|.*\|$/;
const RULE = /^\|(?: *:?-{3,}:? *\|)+$/;

/** The parts of a draft, the last of which may still grow: code whose end has not come yet is code to the end. */
export function draftBlocks(text: string): DraftBlock[] {
  const found: DraftBlock[] = [];
  let fence: string | null = null;
  let code: string[] = [];
  let last: DraftBlock | null = null;
  for (const line of text.split("\n")) {
    if (fence === null) {
      fence = FENCE.exec(line)?.[1] ?? null;
      if (fence === null) last = withLine(found, line, last);
    } else if (line === fence) {
      found.push({ kind: "code", text: code.join("\n") });
      [fence, code, last] = [null, [], null];
    } else {
      code.push(line);
    }
  }
  return fence === null ? found : [...found, { kind: "code", text: code.join("\n") }];
}

/** Adds a line to the part before, if it goes on with that, else as a part of its own; gives back what may go on. */
function withLine(found: DraftBlock[], line: string, last: DraftBlock | null): DraftBlock | null {
  if (line.trim() === "") return null;
  const item = ITEM.exec(line);
  if (item !== null) return withItem(found, item[2] ?? "", item[1] !== undefined, last);
  if (ROW.test(line)) return withRow(found, line, last);
  if (last?.kind === "paragraph") {
    last.text += `\n${line}`;
    return last;
  }
  return begun(found, { kind: "paragraph", text: line });
}

function withItem(found: DraftBlock[], item: string, ordered: boolean, last: DraftBlock | null): DraftBlock {
  if (last?.kind !== "list" || last.ordered !== ordered) return begun(found, { kind: "list", ordered, items: [item] });
  last.items.push(item);
  return last;
}

function withRow(found: DraftBlock[], line: string, last: DraftBlock | null): DraftBlock {
  if (last?.kind !== "table") return begun(found, { kind: "table", header: cellsOf(line), rows: [] });
  if (!RULE.test(line)) last.rows.push(cellsOf(line));
  return last;
}

function begun(found: DraftBlock[], block: DraftBlock): DraftBlock {
  found.push(block);
  return block;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
