import { expect, test } from "vitest";
import type { FrameOf, Report, ReviewData } from "@/protocol";
import { result, review } from "@/protocol/frames.fixture";
import { completeReport, completeReview } from "./complete";
import { reduce } from "./reduce";
import { EMPTY, reviewsOf } from "./run";

/** What a server of before conflicts, gaps, summaries and usage wrote into its log. */
const OLD_REVIEW = {
  kind: "research_review",
  round: 2,
  question: "Why?",
  findings: [
    {
      id: "f1",
      claim: "One.",
      state: "kept",
      round: 1,
      strength: 0.4,
      quotes: [{ text: "One.", source: "s1", marked: null }],
    },
  ],
  sources: [{ id: "s1", kind: "library", title: "Guide", uri: "guide.html" }],
  feedback_used: [{ feedback: "more", what_was_done: "searched" }],
  not_found: [],
  response_schema: {},
} as unknown as ReviewData;

const OLD_REPORT = {
  title: "Because",
  sections: [{ heading: "Part", sentences: [{ text: "One.", citations: [1], supported: true }] }],
  sources: [{ n: 1, id: "s1", title: "Guide", uri: "guide.html", quotes: ["One."] }],
  approvals: [{ by: "Ada", at: "2026-11-03T14:06:00Z", round: 1, kept: ["f1"], dropped: [] }],
  gate: { sentences: 1, supported: 1, removed: 0, citations_removed: 0 },
} as unknown as Report;

test("an old review gets what was not said of it, and keeps what was", () => {
  const data = completeReview(OLD_REVIEW);
  expect(data).toMatchObject({ round: 2, gone: [], conflicts: [], usage: null, report: null, parent: null });
  expect(data.findings[0]).toMatchObject({ kind: "evidence", state: "kept", agreeing: 0, match: null, reworded: null });
  expect(data.findings[0]?.quotes[0]?.place).toEqual({ heading: null, page: null, offset: null, lead: null });
  expect(data.sources[0]).toMatchObject({ title: "Guide", date: null, copies: [] });
  expect(data.feedback_used[0]).toEqual({ feedback: "more", what_was_done: "searched", round: 0, findings: [] });
});

test("a conflict of before there were grades is a contradiction", () => {
  const old: unknown = { ...OLD_REVIEW, conflicts: [{ findings: ["f1", "f2"], why: "They differ." }] };
  const data = completeReview(old as ReviewData);
  expect(data.conflicts).toEqual([{ findings: ["f1", "f2"], why: "They differ.", grade: "contradiction" }]);
});

test("an old report was approved for its evidence, and cites without saying which quote", () => {
  const report = completeReport(OLD_REPORT);
  expect(report).toMatchObject({ summary: [], conflicts: [], findings: [], rounds: 1 });
  expect(report.approvals[0]).toMatchObject({ kind: "evidence", note: "", by: "Ada" });
  expect(report.sections[0]?.sentences[0]?.cited).toEqual([]);
  expect(report.sources[0]).toMatchObject({ evidence: [], copies: [], date: null });
  expect(report.gate).toMatchObject({ sentences: 1, quotes: 0, judged: 0 });
  expect(report.usage.stages).toEqual([]);
});

test("what is complete stays as it is", () => {
  expect(completeReview(review(1).data)).toEqual(review(1).data);
  expect(completeReport(result(1).data as Report)).toEqual(result(1).data);
});

test("the view of a run holds complete reviews and reports only", () => {
  const asked = { ...review(1), data: OLD_REVIEW };
  const ended: FrameOf<"final_result"> = { ...result(2), data: OLD_REPORT };
  const view = [asked, ended].reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  expect(reviewsOf(view)[0]?.data.conflicts).toEqual([]);
  expect(view.ending?.kind === "report" && view.ending.report.summary).toEqual([]);
});
