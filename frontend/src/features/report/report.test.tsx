// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Report as ReportData } from "@/protocol";
import { finding, report as reportOf, result, usage } from "@/protocol/frames.fixture";
import { Report } from "./report";

afterEach(cleanup);

const report = result(1).data as ReportData;

test("a citation opens its quote in place, Escape closes it and gives the focus back", async () => {
  render(<Report report={report} runId="r1" />);
  const citation = screen.getByRole("button", { name: /^\[1\]/ });
  expect(citation.textContent).toBe("[1]");
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
  expect(screen.getByRole("navigation", { name: "Contents" }).textContent).toBe(
    "PartNot foundRemoved by the checkSourcesHow it was made",
  );
});

test("a citation shows every quote that its sentence rests on, and no other, the closest first", async () => {
  const [section] = report.sections;
  const cited = [{ n: 1, quotes: [1, 0], findings: ["f1"] }];
  const sentences = (section?.sentences ?? []).map((sentence) => ({ ...sentence, cited }));
  const findings = [{ ...finding("f1", "One."), agreeing: 2 }];
  const { unmount } = render(
    <Report report={reportOf({ sections: [{ heading: "Part", sentences }], findings })} runId="r1" />,
  );
  await userEvent.click(screen.getByRole("button", { name: /^\[1\]/ }));
  const panel = screen.getByRole("group", { name: "Quote from Guide" });
  expect([...panel.querySelectorAll("q")].map((quote) => quote.textContent)).toEqual([
    "One. And more.",
    "Elsewhere it says two.",
  ]);
  expect(panel.textContent).toContain("2 independent sources say so");
  unmount();
  const other = sentences.map((sentence) => ({ ...sentence, cited: [{ n: 1, quotes: [0], findings: [] }] }));
  render(<Report report={reportOf({ sections: [{ heading: "Part", sentences: other }] })} runId="r1" />);
  await userEvent.click(screen.getByRole("button", { name: /^\[1\]/ }));
  const quotes = screen.getByRole("group", { name: "Quote from Guide" }).querySelectorAll("q");
  expect([...quotes].map((quote) => quote.textContent)).toEqual(["Elsewhere it says two."]);
});

test("the summary stands before the sections, and is cited like them", () => {
  const summary = [{ text: "In brief, one.", citations: [1], supported: true, cited: [] }];
  render(<Report report={reportOf({ summary })} runId="r1" />);
  const headings = screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent);
  expect(headings.slice(0, 2)).toEqual(["Summary", "Part"]);
  expect(screen.getAllByRole("button", { name: /^\[1\]/ })).toHaveLength(2);
});

test("every format is a link to a file, and only of a released report", () => {
  const { unmount } = render(<Report report={report} runId="r/1" />);
  const files = within(screen.getByRole("navigation", { name: "Download" })).getAllByRole("link");
  expect(files.map((file) => [file.textContent, file.getAttribute("href"), file.hasAttribute("download")])).toEqual(
    [
      ["Markdown", "md"],
      ["HTML", "html"],
      ["Word", "docx"],
      ["PDF", "pdf"],
      ["JSON", "json"],
    ].map(([name, format]) => [name, `/api/runs/r%2F1/report.${format}`, true]),
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
  const kept = { ...approval, kept: ["f1", "g1"], dropped: ["f3", "g2"], note: "Be brief." };
  render(<Report report={reportOf({ approvals: [kept, released] })} runId="r1" />);
  const region = screen.getByRole("region", { name: "Report" }).textContent;
  expect(region).toMatch(/Evidence approved.*1 of 2 findings, round 1.*Report approved.*Bo/);
  expect(region).toContain("Note to the writer: Be brief.");
});

test("conflicts, rewordings, the gate and what it cost are said", () => {
  const reworded = { by: "Bo", at: "2026-11-03T14:06:00Z", was: "Uno." };
  render(
    <Report
      report={reportOf({
        findings: [{ ...finding("f1", "One."), reworded }, finding("f2", "Two.", "Two.", "s9")],
        conflicts: [{ findings: ["f1", "f2"], why: "On the number.", grade: "contradiction" }],
        usage: usage({ cost: 0.02 }),
        rounds: 3,
        gate: { ...report.gate, judged: 14, quotes: 9 },
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
  expect(figures).toContain("Rounds of research: 3");
  expect(figures).toContain("Asked of the model: 3 calls, 4,210 tokens, cost 0.02");
});

test("where no model was asked, nothing is said of one", () => {
  render(<Report report={report} runId="r1" />);
  expect(screen.queryByText("Asked of the model")).toBeNull();
});

test("a report of nothing gives no figures of nothing", () => {
  const none = {
    sentences: 0,
    supported: 0,
    removed: 0,
    citations_removed: 0,
    quotes: 0,
    quotes_removed: 0,
    judged: 0,
  };
  const approvals = report.approvals.map((each) => ({ ...each, by: "", kept: ["g1"], dropped: [] }));
  render(<Report report={reportOf({ gate: none, sections: [], sources: [], approvals, removed: [] })} runId="r1" />);
  const text = screen.getByRole("region", { name: "Report" }).textContent ?? "";
  expect(text).not.toMatch(/\b0\b|all supported/);
  expect(text).toMatch(/Evidence approved.*no name given.*no evidence, round 1/);
});

test("what a report of 0.1.0 said to whoever ran the server is left out, and what is not so of a reworded one", () => {
  const note =
    "This report is extractive: every sentence is quoted word for word from the approved sources. " +
    "Set OPENAI_API_KEY to have a model write it instead.";
  const { container, rerender } = render(<Report report={reportOf({ note })} runId="r1" />);
  expect(container.textContent).toContain("every sentence is quoted word for word from the approved sources.");
  expect(container.textContent).not.toContain("OPENAI_API_KEY");
  const reworded = { by: "Bo", at: "2026-11-03T14:06:00Z", was: "Uno." };
  rerender(<Report report={reportOf({ note, findings: [{ ...finding("f1", "One."), reworded }] })} runId="r1" />);
  expect(container.textContent).not.toContain("every sentence is quoted");
});
