// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Sentence } from "@/protocol";
import { finding, report as reportOf, unit } from "@/protocol/frames.fixture";
import { Report } from "./report";

afterEach(cleanup);

function marked(text: string, mark: string | null, by = ""): Sentence {
  // A server that is newer than the page may say a word that the page does not know.
  return unit(text, { mark: mark as Sentence["mark"], confirmed_by: by });
}

const SENTENCES = [
  marked("One.", "quoted"),
  marked("Two.", "quoted"),
  marked("A three.", "same"),
  marked("Four, in other words.", "reworded"),
  marked("Five, as Ada has it.", "confirmed", "Ada"),
  marked("Sechs.", "divined"),
];
const report = reportOf({ sections: [{ heading: "Part", sentences: SENTENCES, blocks: [] }] });

test("the legend counts each mark in words, and says what it promises and what not", async () => {
  render(<Report report={report} runId="r1" />);
  const button = screen.getByRole("button", { name: "What these words promise" });
  expect(button.parentElement?.textContent).toMatch(
    /^ ?2 quoted ?1 same ?1 reworded ?1 confirmed ?1 divinedWhat these words promise$/,
  );
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  const said = document.getElementById(button.getAttribute("aria-controls") ?? "");
  const promises = [...(said?.querySelectorAll("dd") ?? [])].map((each) => each.textContent);
  expect(promises).toHaveLength(5);
  expect(promises[0]).toContain("word for word");
  expect(promises[0]).toContain("does not say that the source is right");
  expect(promises[2]).toContain("was not checked");
  expect(promises[3]).toContain("by name");
  expect(promises[4]).toContain("does not know");
  expect(said?.textContent).toContain("2b is the second quote of source 2");
});

test("what is not its quote's wording carries a sign that says so, to a screen reader and at a tap", async () => {
  render(<Report report={report} runId="r1" />);
  const signs = screen.getAllByRole("button", { name: /: what that means$/ });
  expect(signs.map((sign) => sign.getAttribute("aria-label"))).toEqual([
    "reworded: what that means",
    "confirmed by Ada: what that means",
    "divined: what that means",
  ]);
  await userEvent.click(signs[1] as HTMLElement);
  const note = screen.getByRole("group", { name: "About this wording: confirmed by Ada" });
  expect(note.textContent).toMatch(/^confirmed by Ada\. A person took this wording/);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("group", { name: /^About this wording/ })).toBeNull();
  expect(document.activeElement).toBe(signs[1]);
  screen.getByRole("button", { name: /quote from Guide, confirmed by Ada$/ });
});

test("a translation stands beside its quote, and says whether anybody checked its meaning", async () => {
  const original = "Six is enough.";
  const told = [
    unit("Sechs genügt.", { mark: "translated", original }),
    unit("Sechs reicht.", { mark: "translated", original, judged: true }),
  ];
  render(<Report report={reportOf({ sections: [{ heading: "Part", sentences: told, blocks: [] }] })} runId="r1" />);
  const text = screen.getByRole("region", { name: "Report" }).textContent;
  expect(text).toContain("(translated, meaning not checked; in its source: “Six is enough.”)");
  expect(text).toContain("(translated, judged by a model; in its source: “Six is enough.”)");
  await userEvent.click(screen.getAllByRole("button", { name: "translated: what that means" })[0] as HTMLElement);
  expect(screen.getByRole("group", { name: "About this wording: translated" }).textContent).toMatch(
    /Figures, units, names and negations agree/,
  );
});

test("of a report of 0.1.0, whose units have no mark, nothing is said", () => {
  const plain = reportOf({ summary: [unit("In brief.")] });
  const { container } = render(<Report report={plain} runId="r1" />);
  expect(screen.queryByRole("button", { name: "What these words promise" })).toBeNull();
  expect(screen.queryByRole("button", { name: /what that means/ })).toBeNull();
  expect(container.textContent).not.toMatch(/\bquoted\b|reworded/);
});

test("what the check changed is told with the draft's wording, what stands instead, and the reason", () => {
  const changed = [
    { unit: "u2", text: "All are two.", why: "the quote does not say all" },
    { unit: "", text: "It never ends.", why: "the quote does not say never" },
  ];
  const { unmount } = render(<Report report={{ ...report, changed }} runId="r1" />);
  const heading = screen.getByRole("heading", { name: "Changed by the check" });
  const told = heading.nextElementSibling as HTMLElement;
  expect(told.textContent).toContain("2 wordings of the draft did not pass");
  const [first, second] = within(told).getAllByRole("listitem");
  expect(first?.querySelector("del")?.textContent).toBe("All are two.");
  expect(first?.textContent).toContain("the quote does not say all");
  const link = within(first as HTMLElement).getByRole("link", { name: "Two." });
  expect(link.getAttribute("href")).toBe("#u2");
  expect(document.getElementById("u2")?.textContent).toContain("Two.");
  expect(second?.textContent).toContain("It stands elsewhere in the report already.");
  unmount();
  render(<Report report={report} runId="r1" />);
  expect(screen.queryByRole("heading", { name: "Changed by the check" })).toBeNull();
});

test("the strip has a cell for each unit that leads to it, and hollow ones for what was not used", async () => {
  const findings = [finding("f1", "One."), finding("f2", "Nobody cites this.")];
  const unused = [{ finding: "f2", claim: "Nobody cites this.", why: "said already" }];
  const one = { ...report, findings, unused };
  render(<Report report={one} runId="r1" />);
  const strip = screen.getByRole("toolbar", { name: "Evidence" });
  const cells = within(strip).getAllByRole("link");
  expect(cells.map((cell) => cell.getAttribute("aria-label"))).toEqual([
    "1, quoted, from Guide, One.",
    "2, quoted, from Guide, Two.",
    "3, same, from Guide, A three.",
    "4, reworded, from Guide, Four, in other words.",
    "5, confirmed by Ada, from Guide, Five, as Ada has it.",
    "6, divined, from Guide, Sechs.",
    "Approved, not used: Nobody cites this. (said already)",
  ]);
  expect(cells[3]?.getAttribute("href")).toBe("#u4");
  expect(document.querySelector("#u4")?.textContent).toContain("Four, in other words.");
  expect(cells.at(-1)?.getAttribute("href")).toBe("#source-1");
  // No two marks look alike without their color.
  const shapes = cells.slice(1, 6).map((cell) => cell.querySelector("svg")?.innerHTML);
  expect(new Set(shapes).size).toBe(5);

  // One stop of the Tab key; arrows go on from there, and around.
  expect(cells.filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
  cells[0]?.focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(cells[1]);
  await userEvent.keyboard("{Home}{ArrowLeft}");
  expect(document.activeElement).toBe(cells.at(-1));
  await userEvent.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(cells[0]);
  await userEvent.keyboard("{End}");
  expect(cells.filter((cell) => cell.tabIndex === 0)).toEqual([cells.at(-1)]);
});
