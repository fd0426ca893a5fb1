// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { SourcePlace } from "./source-place";

afterEach(cleanup);

const PLACE = { heading: "Locks", page: null, offset: 0, lead: null };
const OWN = { title: "Crates", uri: "crates.md", kind: "library", date: null, superseded: false };
const PAGE = { title: "Vendors", uri: "https://example.org/", kind: "web", date: "2019-05-04", superseded: false };

function told(source: typeof OWN | typeof PAGE, among: (typeof OWN | typeof PAGE)[]): string {
  const { container } = render(<SourcePlace source={source} place={PLACE} among={among} />);
  return container.textContent ?? "";
}

test("among sources of several kinds, each says its own", () => {
  expect(told(OWN, [OWN, PAGE])).toBe("Library · Crates › Locks");
  expect(told(PAGE, [OWN, PAGE])).toContain("Web · Vendors › Locks · ");
});

test("among sources of one kind, none says it", () => {
  expect(told(OWN, [OWN, { ...OWN, uri: "other.md" }])).toBe("Crates › Locks");
});

test("how old it is is said with its date", () => {
  expect(told(PAGE, [PAGE])).toMatch(/2019, \d+ years old$/);
});

test("what holds no more says so", () => {
  expect(told({ ...OWN, superseded: true }, [OWN])).toBe("superseded · Crates › Locks");
});
