// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Report as ReportData } from "@/protocol";
import { result } from "@/protocol/frames.fixture";
import { Report } from "./report";

afterEach(cleanup);

const report = result(1).data as ReportData;

test("a citation opens its quote in place, Escape closes it and gives the focus back", async () => {
  render(<Report report={report} />);
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
  render(<Report report={report} />);
  const region = screen.getByRole("region", { name: "Report" });
  expect(region.textContent).toMatch(/Evidence approved.*Ada.*2 of 3 findings, round 1/);
  expect(region.textContent).toContain("Nothing on three.");
  expect(region.textContent).toMatch(/A bold claim\..*no source says it/);
  expect(screen.getByRole("navigation", { name: "Contents" }).textContent).toBe(
    "PartNot foundRemoved by the checkSources",
  );
});
