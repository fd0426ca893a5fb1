import { expect, test } from "vitest";
import { dayMoment, dayShort, documentDate, spanExact } from "./clock";

const NOW = new Date(2026, 10, 3, 23, 30);

test("near days are named", () => {
  const near = [-1, 0, 1].map((days) => dayMoment(new Date(2026, 10, 3 + days, 0, 5).toISOString(), NOW));
  expect(near.map((each) => each.split(",")[0])).toEqual(["yesterday", "today", "tomorrow"]);
  expect(dayMoment(new Date(2026, 10, 5, 0, 5).toISOString(), NOW)).toMatch(/5/);
});

test("a document's date is said as exactly as the document says it", () => {
  expect(documentDate("2024")).toBe("2024");
  expect(documentDate("2024-05")).toMatch(/^May 2024$/);
  expect(documentDate("2024-05-17")).toMatch(/17.*2024/);
  expect(documentDate("last spring")).toBe("last spring");
});

test("what goes on is counted by the second, then by the minute, then by the hour", () => {
  const after = (seconds: number) => spanExact(NOW.toISOString(), new Date(NOW.getTime() + seconds * 1000));
  expect([-3, 0, 59, 60, 252, 3_600, 7_500, 90_000, 180_000].map(after)).toEqual([
    "0 s",
    "0 s",
    "59 s",
    "1 min",
    "4 min 12 s",
    "1 h",
    "2 h 5 min",
    "25 h",
    "2 d 2 h",
  ]);
});

test("a day of another year is said with its year", () => {
  expect(dayShort(new Date(2026, 0, 9).toISOString(), NOW)).not.toContain("2026");
  expect(dayShort(new Date(2025, 11, 9).toISOString(), NOW)).toContain("2025");
});
