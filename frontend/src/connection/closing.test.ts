import { expect, test } from "vitest";
import { classifyClosing } from "./closing";

test("only the server's 1000 after the last event is final", () => {
  expect(classifyClosing(1000, true)).toBe("finished");
  expect(classifyClosing(1000, false)).toBe("retry");
});

test.each([1001, 1005, 1006, 1011, 1012, 1013, 4000])("%i comes back", (code) => {
  expect(classifyClosing(code, false)).toBe("retry");
  expect(classifyClosing(code, true)).toBe("retry");
});
