import { expect, test } from "vitest";
import { draftBlocks } from "./draft-blocks";

/** As the server drafts it, see `sayso.writers.drafted`. */
const DRAFT = [
  "One. [1] Two. [2] ",
  "\n\n",
  "\n\nHours: [1]\n\n",
  "- Saturday: 10:00 [1]\n",
  "- 1. no number [2]\n",
  "\n\n",
  "\n\n",
  "1. First [1]\n",
  "2. Then [1]\n",
  "\n\n",
  "\n\n",
  "| Plan |  | Price |\n| --- | --- | --- |\n",
  "| Free | a \\| b | 0 € [1] |\n",
  "| --- | --- | --- |\n",
  "\n\n",
  "\n\n",
  "````sql\nselect 1;\n\n```\n- x\n  | a |\n````\n[2]\n\n",
  "The end.",
].join("");

test("a draft is cut into paragraphs, lists, tables and code", () => {
  expect(draftBlocks(DRAFT)).toEqual([
    { kind: "paragraph", text: "One. [1] Two. [2] " },
    { kind: "paragraph", text: "Hours: [1]" },
    { kind: "list", ordered: false, items: ["Saturday: 10:00 [1]", "1. no number [2]"] },
    { kind: "list", ordered: true, items: ["First [1]", "Then [1]"] },
    { kind: "table", header: ["Plan", "", "Price"], rows: [["Free", "a | b", "0 € [1]"]] },
    { kind: "code", text: "select 1;\n\n```\n- x\n  | a |" },
    { kind: "paragraph", text: "[2]" },
    { kind: "paragraph", text: "The end." },
  ]);
});

test("however much of it has come, nothing that was there is lost or throws", () => {
  for (let length = 0; length <= DRAFT.length; length += 1) {
    const told = JSON.stringify(draftBlocks(DRAFT.slice(0, length)));
    if (length > 20) expect(told).toContain("One. [1] Two. [2]");
  }
  expect(draftBlocks("```\nselect 1;\n  from")).toEqual([{ kind: "code", text: "select 1;\n  from" }]);
});

test("a text of sentences stays as it is", () => {
  const text = "Use *args, __init__ and <b>; a | b is a || b.\nThe next line. ";
  expect(draftBlocks(text)).toEqual([{ kind: "paragraph", text }]);
  expect(draftBlocks("")).toEqual([]);
});
