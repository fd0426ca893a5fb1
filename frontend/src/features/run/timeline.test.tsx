// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import {
  asked,
  expired,
  gap,
  other,
  progress,
  received,
  reminder,
  reportReview,
  result,
  review,
  run,
  source,
} from "@/protocol/frames.fixture";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import { firstLine } from "./excerpt";
import { Timeline } from "./timeline";

afterEach(cleanup);

function linesOf(...frames: ServerFrame[]): string[] {
  render(<Timeline view={frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY)} />);
  return screen.getAllByRole("listitem").map((line) => line.textContent ?? "");
}

test("a reminder and a missed date are lines of their own", () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const lines = linesOf(run(), review(1), reminder(2, 1, tomorrow), expired(3, 1, tomorrow));
  expect(lines[1]).toMatch(/^Reminder: due tomorrow, /);
  expect(lines[2]).toMatch(/^Past due.*The run goes on waiting\.$/);
});

test("a hosted workflow's questions are told apart, and none of them folds the rest away", () => {
  const lines = linesOf(
    run({ workflow: "form" }),
    asked(1, "# Its **name**?\n\nPlease."),
    asked(2, "How many?"),
    received(3, 2, { n: 3 }),
    received(4, 1, "reject"),
    other(5, "ok", "ok"),
  );
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^Rejected by AdaIts name\?/);
  expect(lines[1]).toMatch(/^Answered by AdaHow many\?\{"n":3\}/);
  expect(lines[2]).toMatch(/^Finished/);
});

test("a step says which documents it read, and which of them are quoted", () => {
  const step = progress(1, "Read 4 passages from 2 documents", "findings");
  const read = [
    { source: "library", uri: "log.txt", title: "Log" },
    { source: "library", uri: "guide.html", title: "Guide" },
    "nonsense",
  ];
  const told = { ...step, data: { ...step.data, details: { read } } } as ServerFrame;
  linesOf(run(), told, review(2, { sources: [source("s1", "Guide")] }));
  const details = screen.getByText("Which documents").closest("details");
  expect(details?.open).toBe(false);
  expect([...(details?.querySelectorAll("p, li") ?? [])].map((each) => each.textContent)).toEqual([
    "Read and quoted",
    "Guide (guide.html)",
    "Read, and not quoted",
    "Log (log.txt)",
  ]);
});

test("a source that could not be searched has another sign than what went well", () => {
  const step = progress(1, "arXiv could not be searched: it is busy", "search");
  const told = { ...step, data: { ...step.data, details: { failed: "arXiv" } } } as ServerFrame;
  linesOf(run(), told, progress(2, "Read 4 passages", "findings"), review(3));
  const sign = (text: RegExp): string | undefined =>
    screen.getByText(text).closest("li")?.querySelector("path")?.getAttribute("d") ?? undefined;
  expect(sign(/^arXiv could not/)).toBeDefined();
  expect(sign(/^arXiv could not/)).not.toBe(sign(/^Read 4/));
});

test("a log of an earlier version does not say what was read", () => {
  linesOf(run(), progress(1, "Read 4 passages from 2 documents", "findings"), review(2));
  expect(screen.queryByText("Which documents")).toBeNull();
});

test("a question that nobody answered is not waited for when the run is over", () => {
  expect(linesOf(run({ workflow: "form" }), asked(1, "Name?"), other(2, "ok", "ok"))[0]).toMatch(/^Nobody answered/);
});

test("reworded claims are counted, and the review of a text is told from one of findings", () => {
  const decided = received(2, 1, "approve");
  const edited = decided.type === "input_received" ? { ...decided.data, edits: { f1: "Uno." } } : null;
  const lines = linesOf(run(), review(1), { ...decided, data: edited } as ServerFrame, reportReview(3));
  expect(lines[0]).toMatch(/^Approved by Ada.* · 1 claim reworded$/);
  expect(lines[1]).toMatch(/^Waiting for youThe finished text/);
});

test("the first line of a text is plain and short", () => {
  expect(firstLine("\n---\n## **Two** _words_ of `code`\nmore")).toBe("Two words of code");
  expect(firstLine("x".repeat(100))).toHaveLength(60);
});

test("counts tick in one line, and going on after an interruption is a line like any other", () => {
  const ticking = [1, 2, 3].map((n) => progress(n, `Searching: ${n} of 3 queries`, "search", n, 3));
  const lines = linesOf(run(), ...ticking, progress(4, "Resumed after an interruption", "resume"));
  expect(lines).toEqual(["Searching: 3 of 3 queries", "Resumed after an interruption"]);
});

test("what got in the way and what was searched is there for whoever asks", () => {
  const data = { not_found: ["Wikipedia could not be reached."], findings: [gap("g1", "No date was found.")] };
  linesOf(run(), review(1, data), received(2, 1, "approve"), result(3, { searched: ["redirects", "rewrites"] }));
  const details = screen.getAllByRole("group");
  expect(details.map((each) => (each as HTMLDetailsElement).open)).toEqual([false, false]);
  expect(details[0]?.textContent).toContain("Wikipedia could not be reached.");
  expect(details[0]?.textContent).toContain("No date was found.");
  expect(details[1]?.textContent).toMatch(/^Searched for 2 queriesredirectsrewrites$/);
});
