// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Block } from "@/protocol";
import { finding, report as reportOf, unit } from "@/protocol/frames.fixture";
import { richOf } from "./rich";

function block(data: Partial<Block> & { units: number[] }): Block {
  return { kind: "paragraph", lead: null, ordered: false, header: [], rows: [], language: "", ...data };
}

const report = reportOf({
  question: "How <soon>?",
  title: "Soon & safe",
  summary: [unit("In brief, soon.", { mark: "quoted" })],
  sections: [
    {
      heading: "Plans",
      sentences: [
        unit("One & two.", { mark: "quoted" }),
        unit("In other words.", { mark: "reworded", citations: [1, 2] }),
        unit("The hours:", { mark: "quoted" }),
        unit("Monday", { mark: "same" }),
        unit("Friday", { mark: "confirmed", confirmed_by: "Ada" }),
        unit("Free | 0 €", { mark: "quoted" }),
        unit("if (a < b) {\n  go();\n}", { mark: "quoted" }),
      ],
      blocks: [
        block({ units: [0, 1] }),
        block({ kind: "list", lead: 2, units: [3, 4] }),
        block({ kind: "table", units: [5], header: ["Plan", "Price"], rows: [["Free", "0 €"]] }),
        block({ kind: "code", units: [6] }),
      ],
    },
  ],
  findings: [finding("f1", "It is soon."), finding("f2", "It is late.")],
  conflicts: [{ findings: ["f1", "f2"], why: "On the day.", grade: "contradiction" }],
});

test("a copied report has headings, lists, tables, code, numbers and its sources", () => {
  const page = new DOMParser().parseFromString(richOf(report).html, "text/html");
  const texts = (selector: string) => [...page.querySelectorAll(selector)].map((each) => each.textContent);
  expect(texts("h1")).toEqual(["How <soon>?"]);
  expect(texts("h2")).toEqual(["Summary", "Where the evidence disagrees", "Plans", "Not found", "Sources"]);
  expect(texts("ul li")).toEqual(["Monday[1]", "Friday[1] (confirmed by Ada)", "Nothing on three."]);
  expect(texts("th")).toEqual(["Plan", "Price"]);
  expect(texts("td")).toEqual(["Free", "0 €[1]"]);
  expect(texts("pre code")).toEqual(["if (a < b) {\n  go();\n}"]);
  expect(texts("p")).toContain("One & two.[1] In other words.[1][2] (reworded)");
  expect(texts("p")).toContain("It is soon. / It is late. (On the day.)");
  expect(texts("p")).toContain("5 quoted, 1 reworded, 1 same, 1 confirmed by Ada");
  expect(texts("ol li")).toEqual(["Guide, guide.html"]);
  expect(page.querySelector("ol li")?.getAttribute("value")).toBe("1");
  expect(page.body.textContent).toMatch(/Evidence approved: Ada/);
});

test("nothing of a source becomes HTML", () => {
  const evil = '<img src=x onerror=alert(1)>"&';
  const { html } = richOf(
    reportOf({
      question: evil,
      title: evil,
      summary: [unit(evil)],
      not_found: [evil],
      sources: reportOf().sources.map((source) => ({ ...source, title: evil, uri: evil })),
      sections: [
        {
          heading: evil,
          sentences: [unit(evil), unit(evil), unit(evil)],
          blocks: [
            block({ kind: "table", units: [0], header: [evil], rows: [[evil]] }),
            block({ kind: "code", units: [1] }),
            block({ kind: "list", units: [2] }),
          ],
        },
      ],
    }),
  );
  const page = new DOMParser().parseFromString(html, "text/html");
  expect(page.querySelector("img")).toBeNull();
  expect(page.querySelector("h1")?.textContent).toBe(evil);
  expect(page.querySelector("td")?.textContent).toBe(`${evil}[1]`);
});

test("as plain text it reads as well, with the same numbers", () => {
  const { text } = richOf(report);
  expect(text).toContain("How <soon>?\n\nSoon & safe\n\n");
  expect(text).toContain(
    "The hours: [1]\n\n- Monday [1]\n- Friday [1] (confirmed by Ada)\n\nPlan\tPrice\nFree\t0 € [1]\n\n",
  );
  expect(text).toContain("if (a < b) {\n  go();\n}\n\n[1]\n\n");
  expect(text).toMatch(/Sources\n\n\[1\] Guide, guide.html\n$/);
});
