import { expect, test } from "vitest";
import { isWebAddress } from "./source-name";

test.each(["https://en.wikipedia.org/wiki/Lock", "http://example.org"])("%s is a link", (uri) => {
  expect(isWebAddress(uri)).toBe(true);
});

test.each(["javascript:alert(1)", "data:text/html,x", "guide/locks.html", "", "file:///etc/passwd"])(
  "%j is text",
  (uri) => {
    expect(isWebAddress(uri)).toBe(false);
  },
);
