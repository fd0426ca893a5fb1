// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Block, Quote, Report as ReportData } from "@/protocol";
import { finding, report as reportOf, result, unit, usage } from "@/protocol/frames.fixture";
import { Report } from "./report";

afterEach(cleanup);

const report = result(1).data as ReportData;

test("a citation opens its quote in place, Escape closes it and gives the focus back", async () => {
  render(<Report report={report} runId="r1" />);
  const citation = screen.getByRole("button", { name: /^\[1/ });
  expect(citation.textContent).toBe("[1a]");
  await userEvent.click(citation);
  const quote = screen.getByRole("group", { name: "Quote from Guide" });
  expect(quote.textContent).toContain("One. And more.");
  expect(quote.querySelector("mark")?.textContent).toBe("One.");
  expect(citation.getAttribute("aria-expanded")).toBe("true");
  screen.getByRole("button", { name: "Close" }).focus();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("group", { name: "Quote from Guide" })).toBeNull();
  expect(document.activeElement).toBe(citation);
});

test("who approved what, what was not found and what was removed are part of it", () => {
  render(<Report report={report} runId="r1" />);
  const region = screen.getByRole("region", { name: "Report" });
  expect(region.textContent).toMatch(/Evidence approved.*Ada.*2 of 3 findings, round 1/);
  expect(region.textContent).toContain("Nothing on three.");
  expect(region.textContent).toMatch(/A bold claim\..*no source says it/);
  // Beside the text, and behind a button where there is no room; the style sheet shows one of them.
  for (const contents of screen.getAllByRole("navigation", { name: "Contents" })) {
    expect(contents.textContent).toBe("PartNot foundRemoved by the checkSourcesHow it was made");
  }
});

test("a citation shows every quote that its sentence rests on, and no other, the closest first", async () => {
  const [section] = report.sections;
  const cited = [{ n: 1, quotes: [1, 0], findings: ["f1"] }];
  const sentences = (section?.sentences ?? []).map((sentence) => ({ ...sentence, cited }));
  const findings = [{ ...finding("f1", "One."), agreeing: 2 }];
  const { unmount } = render(
    <Report report={reportOf({ sections: [{ heading: "Part", sentences, blocks: [] }], findings })} runId="r1" />,
  );
  await userEvent.click(screen.getByRole("button", { name: /^\[1/ }));
  const panel = screen.getByRole("group", { name: "Quote from Guide" });
  expect([...panel.querySelectorAll("q")].map((quote) => quote.textContent)).toEqual([
    "One. And more.",
    "Elsewhere it says two.",
  ]);
  expect(panel.textContent).toContain("2 independent sources say so");
  unmount();
  const other = sentences.map((sentence) => ({ ...sentence, cited: [{ n: 1, quotes: [0], findings: [] }] }));
  render(<Report report={reportOf({ sections: [{ heading: "Part", sentences: other, blocks: [] }] })} runId="r1" />);
  await userEvent.click(screen.getByRole("button", { name: /^\[1/ }));
  const quotes = screen.getByRole("group", { name: "Quote from Guide" }).querySelectorAll("q");
  expect([...quotes].map((quote) => quote.textContent)).toEqual(["Elsewhere it says two."]);
});

test("the summary stands before the sections, and is cited like them", () => {
  const summary = [unit("In brief, one.")];
  render(<Report report={reportOf({ summary })} runId="r1" />);
  const headings = screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent);
  expect(headings.slice(0, 2)).toEqual(["Summary", "Part"]);
  expect(screen.getAllByRole("button", { name: /^\[1/ })).toHaveLength(2);
});

test("every format is a link to a file, and only of a released report", () => {
  const { unmount } = render(<Report report={report} runId="r/1" />);
  const files = within(screen.getByRole("navigation", { name: "Download" })).getAllByRole("link");
  expect(files.map((file) => [file.textContent, file.getAttribute("href"), file.hasAttribute("download")])).toEqual(
    [
      ["Markdown", "report.md"],
      ["HTML", "report.html"],
      ["Word", "report.docx"],
      ["PDF", "report.pdf"],
      ["JSON", "report.json"],
      ["Record", "record"],
    ].map(([name, file]) => [name, `/api/runs/r%2F1/${file}`, true]),
  );
  unmount();
  render(<Report report={report} runId="r1" released={false} />);
  expect(screen.queryByRole("navigation", { name: "Download" })).toBeNull();
});

test("only an approval of the text makes it an approved report", () => {
  const { unmount } = render(<Report report={report} runId="r1" />);
  expect(screen.queryByText(/Report approved/)).toBeNull();
  unmount();
  const [approval] = report.approvals;
  if (approval === undefined) throw new Error("no approval");
  const released = { ...approval, kind: "report" as const, by: "Bo", kept: [], dropped: [] };
  const kept = { ...approval, kept: ["f1", "g1"], dropped: ["f3", "g2"], note: "Be brief.", show_note: true };
  render(<Report report={reportOf({ approvals: [kept, released] })} runId="r1" />);
  const region = screen.getByRole("region", { name: "Report" }).textContent;
  expect(region).toMatch(/Evidence approved.*1 of 2 findings, round 1.*Report approved.*Bo/);
  expect(region).toContain("Asked of the writer: Be brief.");
});

const SCORE = { model: "abacus-1", true: 30, accepted: 29, twisted: 30, refused: 21, at: null };

test("conflicts, rewordings, the gate and what it cost are said", () => {
  const reworded = { by: "Bo", verified: null, at: "2026-11-03T14:06:00Z", was: "Uno." };
  render(
    <Report
      report={reportOf({
        findings: [{ ...finding("f1", "One."), reworded }, finding("f2", "Two.", "Two.", "s9")],
        conflicts: [{ findings: ["f1", "f2"], why: "On the number.", grade: "contradiction" }],
        usage: usage({ cost: 0.02 }),
        rounds: 3,
        gate: { ...report.gate, judged: 14, judged_by: "abacus-1", judge: SCORE, quotes: 9 },
      })}
      runId="r1"
    />,
  );
  const conflict = screen.getByRole("note");
  expect(conflict.textContent).toMatch(/One\..*Two\..*On the number\./);
  expect(within(conflict).getByRole("link").getAttribute("href")).toBe("#source-1");
  expect(screen.getByText("1 claim reworded before approval").closest("details")?.textContent).toContain("Uno.");
  const figures = screen.getAllByRole("term").map((term) => `${term.textContent}: ${term.nextSibling?.textContent}`);
  expect(figures).toContain("Quotes found word for word in their source: 9");
  expect(figures).toContain("Sentences that a model judged too: 14");
  expect(figures).toContain(
    "Judged by: abacus-1; of 60 statements whose truth is known it accepts 29 of 30 true ones and refuses 21 of 30 " +
      "twisted ones",
  );
  expect(figures).toContain("Rounds of research: 3");
  expect(figures).toContain("Asked of the model: 3 calls, 4,210 tokens, cost 0.02");
});

test("a judge whose judging was not measured is shown as that", () => {
  const gate = { ...report.gate, judged: 3, judged_by: "abacus-1", judge: null };
  render(<Report report={reportOf({ gate })} runId="r1" />);
  screen.getByText("abacus-1; how well it judges was not measured");
});

test("where no model was asked, nothing is said of one", () => {
  render(<Report report={report} runId="r1" />);
  expect(screen.queryByText("Asked of the model")).toBeNull();
});

test("a report of nothing gives no figures of nothing", () => {
  const none = {
    sentences: 0,
    supported: 0,
    quoted: 0,
    same: 0,
    reworded: 0,
    confirmed: 0,
    translated: 0,
    replaced: 0,
    removed: 0,
    citations_removed: 0,
    quotes: 0,
    quotes_removed: 0,
    judged: 0,
    judged_by: null,
    judge: null,
  };
  const approvals = report.approvals.map((each) => ({ ...each, by: "", kept: ["g1"], dropped: [] }));
  render(<Report report={reportOf({ gate: none, sections: [], sources: [], approvals, removed: [] })} runId="r1" />);
  const text = screen.getByRole("region", { name: "Report" }).textContent ?? "";
  expect(text).not.toMatch(/\b0\b|all supported/);
  expect(text).toMatch(/No evidence was approved\. Closed, no name given, /);
  expect(text).not.toContain("Evidence approved");
});

test("what a report of 0.1.0 said to whoever ran the server is left out, and what is not so of a reworded one", () => {
  const note =
    "This report is extractive: every sentence is quoted word for word from the approved sources. " +
    "Set OPENAI_API_KEY to have a model write it instead.";
  const { container, rerender } = render(<Report report={reportOf({ note })} runId="r1" />);
  expect(container.textContent).toContain("every sentence is quoted word for word from the approved sources.");
  expect(container.textContent).not.toContain("OPENAI_API_KEY");
  const reworded = { by: "Bo", verified: null, at: "2026-11-03T14:06:00Z", was: "Uno." };
  rerender(<Report report={reportOf({ note, findings: [{ ...finding("f1", "One."), reworded }] })} runId="r1" />);
  expect(container.textContent).not.toContain("every sentence is quoted");
});

const cited = (text: string, n: number[] = [1]) => unit(text, { id: `u${text}`, citations: n, mark: "quoted" });

/** A text in all four forms; indexes as the server gives them. */
const blocks = {
  heading: "Plans",
  sentences: [
    cited("Anyone may come."),
    cited("These are the hours:"),
    cited("Saturday: 10:00 to 14:00"),
    cited("Sunday: closed"),
    cited("Free |  | 0 €"),
    cited("Pro | 5 seats | 12 €"),
    unit("It goes like this:", { mark: "reworded" }),
    cited('def wait():\n    print("<b>")'),
  ],
  blocks: [
    block({ units: [0] }),
    block({ kind: "list", lead: 1, units: [2, 3] }),
    block({
      kind: "table",
      units: [4, 5],
      header: ["Plan", "", "Price"],
      rows: [
        ["Free", "", "0 €"],
        ["Pro", "5 seats", "12 €"],
      ],
    }),
    block({ kind: "code", lead: 6, units: [7], language: "python" }),
  ],
};

function block(data: Partial<Block> & { units: number[] }): Block {
  return { kind: "paragraph", lead: null, ordered: false, header: [], rows: [], language: "", ...data };
}

test("blocks are what they are, in the summary too, with a number behind each unit", () => {
  render(
    <Report
      report={reportOf({
        sections: [blocks],
        summary: blocks.sentences.slice(2, 4),
        summary_blocks: [block({ kind: "list", ordered: true, units: [0, 1] })],
      })}
      runId="r1"
    />,
  );
  const [brief, hours] = screen.getAllByRole("list").filter((list) => list.textContent?.includes("Saturday"));
  expect([brief?.tagName, hours?.tagName]).toEqual(["OL", "UL"]);
  expect(
    within(hours as HTMLElement)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["Saturday: 10:00 to 14:00[1a]", "Sunday: closed[1a]"]);
  const table = screen.getByRole("table");
  expect(
    within(table)
      .getAllByRole("columnheader")
      .map((head) => [head.textContent, head.getAttribute("scope")]),
  ).toEqual([
    ["Plan", "col"],
    ["Price", "col"],
  ]);
  expect(
    within(table)
      .getAllByRole("row")
      .slice(1)
      .map((row) => row.textContent),
  ).toEqual(["Free0 €[1a]", "Pro5 seats12 €[1a]"]);
  const code = screen.getByText(/^def wait/).closest("figure");
  expect(code?.querySelector("pre")?.textContent).toBe('def wait():\n    print("<b>")');
  expect(code?.textContent).toMatch(/\[1a\]$/);
  expect(screen.getAllByRole("button", { name: /^\[1/ })).toHaveLength(10);
});

test("the quotes of a row open below its table, and Escape gives the focus back", async () => {
  render(<Report report={reportOf({ sections: [blocks] })} runId="r1" />);
  const table = screen.getByRole("table");
  const number = within(table).getAllByRole("button", { name: /^\[1/ })[1] as HTMLElement;
  await userEvent.click(number);
  const panel = screen.getByRole("group", { name: "Quote from Guide" });
  expect(table.contains(panel)).toBe(false);
  expect(number.getAttribute("aria-controls")).toBe(panel.id);
  within(panel).getByRole("button", { name: "Close" }).focus();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("group", { name: "Quote from Guide" })).toBeNull();
  expect(document.activeElement).toBe(number);
});

test("evidence in the list of sources is shown as what it is", () => {
  const [source] = report.sources;
  if (source === undefined) throw new Error("no source");
  const place = { heading: null, page: null, offset: 0 };
  const evidence: Quote[] = [
    {
      source: "s1",
      kind: "row",
      text: "Free | 0 €\nPro | 12 €",
      marked: [11, 21],
      place: { ...place, lead: "Plan | Price" },
    },
    { source: "s1", kind: "answer", text: "About eleven.", marked: [0, 13], place: { ...place, lead: "How long?" } },
    { source: "s1", kind: "code", text: "x:\n  y", marked: null, place: { ...place, lead: "Like this:" } },
  ];
  render(<Report report={reportOf({ sources: [{ ...source, evidence }] })} runId="r1" />);
  const table = screen.getByRole("table");
  expect(
    within(table)
      .getAllByRole("columnheader")
      .map((head) => head.textContent),
  ).toEqual(["Plan", "Price"]);
  expect(
    within(table)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["Pro", "12 €"]);
  expect(screen.getByText("How long?").nextSibling?.textContent).toBe("About eleven.");
  expect(screen.getByText("Like this:").nextElementSibling?.tagName).toBe("CODE");
});

test("a note to the writer is not shown unless its author says so", () => {
  const approvals = report.approvals.map((approval) => ({ ...approval, note: "Be brief." }));
  render(<Report report={reportOf({ approvals })} runId="r1" />);
  expect(screen.getByRole("region", { name: "Report" }).textContent).not.toContain("Be brief.");
});

test("where nothing was approved there is no stamp", () => {
  render(<Report report={reportOf({ sections: [], sources: [], findings: [] })} runId="r1" />);
  const region = screen.getByRole("region", { name: "Report" }).textContent;
  expect(region).toMatch(/No evidence was approved\. Closed by Ada, /);
  expect(region).not.toContain("Evidence approved");
});

test("how much of what was approved is used, and what is not, with the reason", () => {
  const unused = [{ finding: "f2", claim: "Two.", why: "The writer did not use it." }];
  const findings = [finding("f1", "One."), finding("f2", "Two.")];
  render(<Report report={reportOf({ findings, unused })} runId="r1" />);
  expect(screen.getByText("1 of 2 approved findings used")).toBeDefined();
  const heading = screen.getByRole("heading", { name: "Approved, not used" });
  expect(heading.nextElementSibling?.textContent).toBe("Two. The writer did not use it.");
});

test("the record is a file beside the report, and the report says how far it had come", () => {
  const head = "ab".repeat(32);
  render(<Report report={reportOf({ record: { links: 3, head } })} runId="r/1" />);
  const link = screen.getByRole("link", { name: "Record" });
  expect([link.getAttribute("href"), link.hasAttribute("download")]).toEqual(["/api/runs/r%2F1/record", true]);
  expect(document.getElementById(link.getAttribute("aria-describedby") ?? "")?.textContent).toContain("sayso verify");
  expect(screen.getByText(`3 links before this report, head ${head}`)).toBeDefined();
});
