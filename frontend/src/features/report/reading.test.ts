import { expect, test } from "vitest";
import type { Quote, ReportSource, Sentence } from "@/protocol";
import { report as reportOf, unit } from "@/protocol/frames.fixture";
import { labelOf, letterOf, readingOf } from "./reading";

const place = { heading: null, page: null, offset: 0, lead: null };

function source(n: number, quotes: string[]): ReportSource {
  const evidence = quotes.map((text): Quote => ({ text, source: `s${n}`, kind: "sentence", marked: null, place }));
  const [found] = reportOf().sources;
  if (found === undefined) throw new Error("no source");
  return { ...found, n, id: `s${n}`, quotes, evidence };
}

function cites(...cited: [n: number, quotes: number[]][]): Sentence {
  return unit("Text.", {
    citations: cited.map(([n]) => n),
    cited: cited.map(([n, quotes]) => ({ n, quotes, findings: [`f${n}`] })),
  });
}

const guide = source(1, ["a first", "a second", "a third", "a fourth"]);
const letter = source(2, ["alone"]);

function reportWith(...sentences: Sentence[]) {
  return reportOf({ sources: [guide, letter], sections: [{ heading: "", sentences, blocks: [] }] });
}

test("the quotes of a source are lettered as they are first cited, so that units tell their quotes apart", () => {
  const units = [cites([1, [2]]), cites([1, [0]], [2, [0]]), cites([1, [2]]), cites([1, [0, 2]])];
  const report = reportWith(...units);
  const labels = units.map((each) => labelOf(report, guide, each));
  expect(labels).toEqual(["1a", "1b", "1a", "1b,a"]);
  expect([1, 3].map((index) => letterOf(report, guide, index))).toEqual(["c", "d"]);
  expect(labelOf(report, letter, units[1] as Sentence)).toBe("2");
});

test("many quotes behind one number are not all told", () => {
  const all = cites([1, [0, 1, 2, 3]]);
  expect(labelOf(reportWith(all), guide, all)).toBe("1a,b,c…");
});

test("after z comes aa", () => {
  const many = source(
    1,
    Array.from({ length: 30 }, (_, index) => `quote ${index}`),
  );
  const report = reportOf({ sources: [many], sections: [{ heading: "", sentences: [], blocks: [] }] });
  expect([25, 26, 27].map((index) => letterOf(report, many, index))).toEqual(["z", "aa", "ab"]);
});

test("units are named through summary and sections as the server names them", () => {
  const report = reportOf({
    summary: [unit("Brief.")],
    sections: [{ heading: "", sentences: [unit("Long.")], blocks: [] }],
  });
  const { units, ids } = readingOf(report);
  expect(units.map((each) => [each.text, ids.get(each)])).toEqual([
    ["Brief.", "u1"],
    ["Long.", "u2"],
  ]);
});
