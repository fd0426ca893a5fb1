import { expect, test } from "vitest";
import { dayMoment } from "./clock";

const NOW = new Date(2026, 10, 3, 23, 30);

test("near days are named", () => {
  const near = [-1, 0, 1].map((days) => dayMoment(new Date(2026, 10, 3 + days, 0, 5).toISOString(), NOW));
  expect(near.map((each) => each.split(",")[0])).toEqual(["yesterday", "today", "tomorrow"]);
  expect(dayMoment(new Date(2026, 10, 5, 0, 5).toISOString(), NOW)).toMatch(/5/);
});
