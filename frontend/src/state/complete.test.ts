import { expect, test } from "vitest";
import type { FrameOf, Report, ReviewData } from "@/protocol";
import { result, review } from "@/protocol/frames.fixture";
import recorded from "@/protocol/log-0.1.0.fixture.json";
import { RECORDS, type Records } from "@/protocol/records";
import { complete } from "./complete";
import { reduce } from "./reduce";
import { EMPTY, reviewsOf } from "./run";

const NAMES: Record<string, keyof Records> = {
  run: "RunState",
  input_required: "ReviewData",
  input_received: "RecordedDecision",
  final_result: "Report",
};

/** The records of a whole run, as a server of 0.1.0 sent them. */
const LOG = recorded
  .filter((frame) => frame.type in NAMES)
  .map((frame) => [NAMES[frame.type] as keyof Records, frame.data as Record<string, unknown>] as const);

/** The record without what it may lack: the oldest log that says the same. */
function bare(name: keyof Records, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => bare(name, each));
  if (typeof value !== "object" || value === null) return value;
  const { defaults, records } = RECORDS[name];
  const entries = Object.entries(value).map(([field, each]) => [
    field,
    records[field] === undefined ? each : bare(records[field], each),
  ]);
  return Object.fromEntries(
    entries.filter(([field, each]) => !(field in defaults) || JSON.stringify(each) !== JSON.stringify(defaults[field])),
  );
}

test("the log of 0.1.0 has a record of each kind", () => {
  expect(new Set(LOG.map(([name]) => name))).toEqual(new Set(Object.values(NAMES)));
});

test("of a record of 0.1.0 nothing is changed, and every field of today is there", () => {
  for (const [name, data] of LOG) {
    const whole = complete(name, data);
    expect(whole).toMatchObject(data);
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(Object.keys(RECORDS[name].defaults)));
  }
});

test("what a record lacks it gets as it was, in all its parts", () => {
  for (const [name, data] of LOG) {
    const less = bare(name, data) as Record<string, unknown>;
    expect(JSON.stringify(less).length).toBeLessThan(JSON.stringify(data).length);
    expect(complete(name, less)).toEqual(complete(name, data));
  }
});

test("an old quote has a place, an old report an unspent budget, and null stays null", () => {
  const quote = { text: "One.", source: "s1" };
  const old = { findings: [{ id: "f1", claim: "One.", quotes: [quote] }], report: null } as unknown as ReviewData;
  const data = complete("ReviewData", old);
  expect(data).toMatchObject({ round: 1, report: null, usage: null, conflicts: [] });
  expect(data.findings[0]).toMatchObject({ kind: "evidence", state: "new", agreeing: 0, reworded: null });
  expect(data.findings[0]?.quotes[0]?.place).toEqual({ heading: null, page: null, offset: null, lead: null });
  const report = complete("Report", { title: "Because", sections: [], sources: [] });
  expect(report.usage).toMatchObject({ stages: [], cost: null, budget: { tokens: null } });
  expect(report.gate).toMatchObject({ sentences: 0, judged: 0 });
});

test("what is complete stays as it is", () => {
  expect(complete("ReviewData", review(1).data)).toEqual(review(1).data);
  expect(complete("Report", result(1).data as Report)).toEqual(result(1).data);
});

test("the view of a run holds complete records only", () => {
  const asked = { ...review(1), data: { kind: "research_review", findings: [] } as unknown as ReviewData };
  const ended: FrameOf<"final_result"> = { ...result(2), data: { sections: [], sources: [] } as unknown as Report };
  const view = [asked, ended].reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  expect(reviewsOf(view)[0]?.data.conflicts).toEqual([]);
  expect(view.ending?.kind === "report" && view.ending.report.summary).toEqual([]);
});
