// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { report as reportOf } from "@/protocol/frames.fixture";
import { Report } from "./report";

afterEach(() => {
  cleanup();
  window.location.hash = "";
});

const report = reportOf();
const [guide] = report.sources;
if (guide === undefined) throw new Error("no source");
const two = reportOf({
  sources: [
    { ...guide, date: "2024-05", copies: ["copy.html"] },
    { ...guide, n: 2, id: "s2", title: "Letter", evidence: guide.evidence.slice(0, 1) },
  ],
});

const buttonOf = (title: string) => screen.getByRole("button", { name: new RegExp(`quotes? of ${title}$`) });

test("a source is a line with its title, date and number of quotes, and opens in place", async () => {
  render(<Report report={two} runId="r1" />);
  const source = document.getElementById("source-1") as HTMLElement;
  expect(source.textContent).toMatch(/^Guide ?Library · May 2024, \d+ years? old ?2 quotes/);
  const button = buttonOf("Guide");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  const opened = document.getElementById(button.getAttribute("aria-controls") ?? "") as HTMLElement;
  expect([...opened.querySelectorAll("blockquote")].map((quote) => quote.textContent)).toHaveLength(2);
  // Told apart by the letters that stand in the text.
  expect([...opened.querySelectorAll("b")].map((letter) => letter.textContent)).toEqual(["1a", "1b"]);
  expect(opened.textContent).toContain("guide.html");
  expect(opened.textContent).toContain("Same text in 1 other file");
  expect(within(opened).getAllByRole("button", { name: "In context: Guide" })).toHaveLength(2);
});

test("a source that no sentence cites says so, and its only quote has no letter", () => {
  render(<Report report={two} runId="r1" />);
  const source = document.getElementById("source-2") as HTMLElement;
  expect(source.textContent).toMatch(/^Letter ?Library · not cited ?1 quote/);
  expect(source.querySelector("b")).toBeNull();
});

test("a link to a source opens it, once more after it was closed, and so does its address", async () => {
  render(<Report report={two} runId="r1" />);
  await userEvent.click(screen.getByRole("button", { name: /^\[1/ }));
  const link = screen.getByRole("link", { name: "In the list of sources" });
  await userEvent.click(link);
  expect(buttonOf("Guide").getAttribute("aria-expanded")).toBe("true");
  expect(buttonOf("Letter").getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(buttonOf("Guide"));
  await userEvent.click(link);
  expect(buttonOf("Guide").getAttribute("aria-expanded")).toBe("true");
  cleanup();
  window.location.hash = "#source-2";
  render(<Report report={two} runId="r1" />);
  expect(buttonOf("Letter").getAttribute("aria-expanded")).toBe("true");
  act(() => {
    window.location.hash = "#source-1";
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });
  expect(buttonOf("Guide").getAttribute("aria-expanded")).toBe("true");
});
