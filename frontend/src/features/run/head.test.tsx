// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Report, ServerFrame } from "@/protocol";
import { progress, received, reportReview, result, review, run } from "@/protocol/frames.fixture";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Head } from "./head";

afterEach(cleanup);

// Asked only to cancel, which nothing here does.
const session = {} as RunSession;

function show(...frames: ServerFrame[]): HTMLElement {
  const view = frames.reduce((seen, frame) => reduce(seen, { kind: "frame", frame }), EMPTY);
  return render(<Head session={session} view={view} />).container;
}

const finished = (question: string, data: Partial<Report> = {}): ServerFrame[] => [
  run({ question }),
  progress(1, "Planning", "plan"),
  review(2),
  received(3, 2, "approve"),
  result(4, { question, ...data }),
];

test("once there is a report, its stages and timeline are a line that opens", async () => {
  const head = show(...finished("Why?"));
  expect(screen.getByRole("status").textContent).toBe("Done");
  expect(screen.queryByRole("list", { name: "Stages" })).toBeNull();
  const button = screen.getByRole("button", { name: /^How it came about ?1 round, / });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  const folded = document.getElementById(button.getAttribute("aria-controls") ?? "");
  expect(folded?.textContent).toContain("Approved by Ada");
  await userEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  // Its title is the question already.
  expect(head.textContent).not.toContain("Why?");
});

test("until then the stages are there", () => {
  show(run(), progress(1, "Planning", "plan"));
  expect(screen.getByRole("list", { name: "Stages" }).textContent).toContain("Plan");
  expect(screen.queryByRole("button", { name: /^How it came about/ })).toBeNull();
});

test("a text that was handed in stands above no report: it is told with how that came about", () => {
  const text = "A sentence of a text. ".repeat(20);
  show(...finished(text, { title: "A sentence of a text" }));
  const button = screen.getByRole("button", { name: /^How it came about/ });
  expect(screen.queryByRole("button", { name: "Whole text" })).toBeNull();
  expect(document.getElementById(button.getAttribute("aria-controls") ?? "")?.textContent).toContain(text.trim());
});

test("of a text above one that waits to be approved the beginning is shown, and the rest on demand", async () => {
  const text = "A sentence of a text. ".repeat(20);
  show(run({ question: text }), reportReview(1, { question: text, title: "A sentence of a text" }));
  expect(screen.queryByRole("heading", { level: 1 })).toBeNull();
  const more = screen.getByRole("button", { name: "Whole text" });
  await userEvent.click(more);
  expect(more.textContent).toBe("Less");
});

test("what a revision was asked stands above its report", () => {
  const head = show(...finished("Shorter", { title: "The reasons", parent: { run_id: "r0", title: "The reasons" } }));
  expect(head.querySelector("p")?.textContent).toContain("Revision of");
  expect(head.textContent).toContain("Shorter");
});
