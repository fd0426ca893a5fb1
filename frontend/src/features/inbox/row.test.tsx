// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PersonInfo, RunState } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import { me } from "@/state/me";
import { Row } from "./row";

beforeEach(() => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
});
afterEach(() => {
  cleanup();
  me.setState({ me: null });
  vi.unstubAllGlobals();
});

function signedIn(role: PersonInfo["role"], groups: string[] = []): void {
  const person = { name: "Ada", role, groups, disabled_at: null, tokens: [] };
  me.setState({ me: { auth: "tokens", open: false, person } });
}

function textOf(data: Partial<RunState>): string {
  render(<Row run={run(data).data} now={new Date("2026-11-03T15:00:00Z")} />);
  return screen.getByRole("link").textContent ?? "";
}

const brief = { ...run().data.brief, round: 2, findings: 3, sources: 1 };

test("what waits is findings, or a text once one is written", () => {
  expect(textOf({ status: "waiting", brief })).toContain("Round 2 · 3 findings from 1 source");
  cleanup();
  expect(textOf({ status: "waiting", brief: { ...brief, sentences: 4, supported: 4 } })).toContain(
    "text to approve · 4 sentences, all supported",
  );
});

test("whoever approved last approved the evidence, or the text where it was asked about", () => {
  const done = { status: "completed" as const, brief: { ...brief, approved_by: "Ada" } };
  expect(textOf(done)).toContain("evidence approved by Ada");
  cleanup();
  expect(textOf({ ...done, options: { review_report: true } })).toContain("report approved by Ada");
});

test("a revision, its round, who asked and exactly when are said", () => {
  const shown = textOf({ status: "waiting", by: "Hedy", brief, options: { revises: "r0" } });
  expect(shown).toContain("Revision · Round 2");
  expect(shown).toContain("asked by Hedy");
  const time = screen.getByRole("link").querySelector("time");
  expect(time?.dateTime).toBe("2026-11-03T14:06:00Z");
  expect(time?.title).toContain("2026");
});

test("who asked is not said twice, and a step that says its round says it once", () => {
  expect(textOf({ status: "completed", by: "Ada", brief: { ...brief, approved_by: "Ada" } })).not.toContain("asked by");
  cleanup();
  const shown = textOf({ status: "running", brief: { ...brief, stage: "Round 2: planning to search" } });
  expect(shown.match(/Round 2/g)).toHaveLength(1);
});

test("a review that is due says until when, while it waits", () => {
  const due = { ...brief, due_at: new Date(Date.now() + 86_400_000).toISOString() };
  expect(textOf({ status: "waiting", brief: due })).toMatch(/Due .*Round 2/);
  cleanup();
  expect(textOf({ status: "waiting", brief: { ...brief, due_at: "2020-01-01T00:00:00Z" } })).toContain("Past due");
  cleanup();
  expect(textOf({ status: "running", brief: due })).not.toContain("Due");
});

test("whoever may decide is told to, and the others for whom it waits", () => {
  const waiting = { status: "waiting" as const, brief, asked_of: ["Legal"] };
  signedIn("reviewer", ["legal"]);
  expect(textOf(waiting)).toMatch(/^Decide.*Waiting for Legal/);
  cleanup();
  signedIn("reviewer");
  expect(textOf(waiting)).toMatch(/^Waiting[^ ].*Waiting for Legal/);
  cleanup();
  signedIn("asker");
  expect(textOf({ ...waiting, asked_of: [] })).toMatch(/^Waiting/);
});

test("names that nobody verified are told apart where others come too, and nowhere alone", () => {
  const claim = { by: "Bo", verified: false, at: "2026-11-03T14:00:00Z" };
  const waiting = { status: "waiting" as const, by: "Hedy", verified: false, brief, claim };
  const done = { status: "completed" as const, brief: { ...brief, approved_by: "Cy", approved_verified: false } };
  expect(textOf(waiting)).not.toContain("verified");
  cleanup();
  me.setState({ me: { auth: "none", open: true, person: null } });
  expect(textOf(waiting)).toContain("Bo (name not verified) is on it");
  cleanup();
  expect(textOf(waiting)).toContain("asked by Hedy (name not verified)");
  cleanup();
  expect(textOf(done)).toContain("evidence approved by Cy (name not verified)");
  cleanup();
  signedIn("admin");
  expect(textOf({ ...waiting, verified: true })).toMatch(/asked by Hedy$|asked by Hedy[^(]/);
});
