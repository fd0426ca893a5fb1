import { expect, test } from "vitest";
import { originOf } from "./source-origin";

const NOW = new Date("2026-11-26T12:00:00Z");
const NONE = { superseded: false, origin: { authors: [], version: null, publisher: null, retrieved_at: null } };

test("a document of one's own has its kind and its date", () => {
  expect(originOf({ uri: "guide.md", kind: "library", date: null, ...NONE }, NOW)).toEqual(["Library"]);
  expect(originOf({ uri: "guide.md", kind: "library", date: "2026-11-01", ...NONE }, NOW)).toHaveLength(2);
});

test("a paper is told with authors, version, age and when it was retrieved", () => {
  const origin = {
    authors: ["Ada", "Grace", "Emmy", "Mary"],
    version: "v2",
    publisher: null,
    retrieved_at: NOW.toISOString(),
  };
  const [kind, authors, version, date, retrieved] = originOf(
    { uri: "https://arxiv.org/abs/1", kind: "arxiv", date: "2019-05", superseded: false, origin },
    NOW,
  );
  expect([kind, authors, version]).toEqual(["arXiv", "Ada et al.", "v2"]);
  expect(date).toContain("2019, 7 years old");
  expect(retrieved).toContain("retrieved");
  expect(retrieved).toContain("26");
});

test.each([
  ["2025-11-26", "1 year old"],
  ["2024-12", "1 year old"],
  ["2016", "10 years old"],
])("%s is %s", (date, age) => {
  expect(originOf({ uri: "https://example.org", kind: "web", date, ...NONE }, NOW)[1]).toContain(age);
});

test.each(["2025-11-27", "2026", "2026-12-31", "2027-01-01"])("%s has no age yet", (date) => {
  expect(originOf({ uri: "https://example.org", kind: "web", date, ...NONE }, NOW)[1]).not.toContain("old");
});

test("a server's tool is told as one, and a source of somebody's own by its name", () => {
  const uri = "mcp:tickets/search?query=locks";
  expect(originOf({ uri, kind: "tickets", date: null, ...NONE }, NOW)).toEqual(["MCP"]);
  expect(originOf({ uri: "almanac:1", kind: "almanac", date: null, ...NONE }, NOW)).toEqual(["almanac"]);
});

test("a document that holds no more says so behind its date", () => {
  const told = originOf({ uri: "plan.md", kind: "library", date: "2026-11-01", ...NONE, superseded: true }, NOW);
  expect(told.at(-1)).toBe("superseded");
});
