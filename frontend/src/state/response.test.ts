import { expect, test } from "vitest";
import { responseOf } from "./response";
import { formOf, type Values } from "./response-form";

const FORM = formOf({
  type: "object",
  required: ["verdict", "points"],
  properties: {
    verdict: { enum: ["good", "poor"] },
    points: { type: "integer", minimum: 0, maximum: 10 },
    comment: { type: "string", minLength: 2, maxLength: 4 },
    note: { type: "string", default: "as usual" },
    share: { type: "boolean" },
    due: { anyOf: [{ type: "string" }, { type: "null" }], default: "today" },
    tags: { type: "array" },
  },
});
const FILLED: Values = { verdict: '"good"', points: " 7 " };

test("what is filled in is sent with its type, what is left empty is left out", () => {
  expect(responseOf(FORM, FILLED)).toEqual({
    response: { verdict: "good", points: 7, note: "as usual", share: false, due: "today" },
  });
  const all = { ...FILLED, comment: "ab", note: "", share: true, due: "", tags: '["a", 1]' };
  expect(responseOf(FORM, all)).toEqual({
    response: { verdict: "good", points: 7, comment: "ab", note: "", share: true, due: null, tags: ["a", 1] },
  });
});

test("each problem is told of its field", () => {
  expect(responseOf(FORM, {})).toEqual({ problems: { verdict: { kind: "missing" }, points: { kind: "missing" } } });
  const wrong = (values: Values) => responseOf(FORM, { ...FILLED, ...values });
  expect(wrong({ points: "1.5" })).toEqual({ problems: { points: { kind: "number", integer: true } } });
  expect(wrong({ points: "x" })).toEqual({ problems: { points: { kind: "number", integer: true } } });
  expect(wrong({ points: "-1" })).toEqual({ problems: { points: { kind: "low", limit: 0 } } });
  expect(wrong({ points: "11" })).toEqual({ problems: { points: { kind: "high", limit: 10 } } });
  expect(wrong({ comment: "a" })).toEqual({ problems: { comment: { kind: "short", limit: 2 } } });
  expect(wrong({ comment: "abcde" })).toEqual({ problems: { comment: { kind: "long", limit: 4 } } });
  expect(wrong({ tags: "[1," })).toMatchObject({ problems: { tags: { kind: "json" } } });
});

test("length is counted in characters", () => {
  expect(responseOf(formOf({ type: "string", maxLength: 2 }), { "": "😀😀" })).toEqual({ response: "😀😀" });
});

test("one field alone is the response itself", () => {
  expect(responseOf(formOf({}), { "": "hello" })).toEqual({ response: "hello" });
  expect(responseOf(formOf({}), {})).toEqual({ problems: { "": { kind: "missing" } } });
  expect(responseOf(formOf({ type: "boolean" }), {})).toEqual({ response: false });
  expect(responseOf(formOf({ type: ["integer", "null"] }), {})).toEqual({ response: null });
  expect(responseOf(formOf({ type: "array" }), { "": "[]" })).toEqual({ response: [] });
});

const WIDE = formOf({
  type: "object",
  required: ["response_type", "on"],
  properties: {
    response_type: { const: "Booking" },
    on: { type: "string", format: "date" },
    at: { type: "string", format: "date-time" },
    nights: { type: "array", items: { type: "integer", minimum: 1 } },
    moods: { type: "array", items: { enum: ["good", "poor"] } },
    stay: {
      type: "object",
      properties: { city: { type: "string" }, host: { type: "object", properties: { name: {} } } },
    },
  },
});

test("lines become a list, names within names an object, and a time that of whoever types it", () => {
  const values = {
    on: "2027-01-02",
    at: "2027-01-02T10:00",
    nights: "1\n\n 2 ",
    moods: "poor",
    "stay.host.name": "Bo",
  };
  expect(responseOf(WIDE, values)).toEqual({
    response: {
      response_type: "Booking",
      on: "2027-01-02",
      at: new Date("2027-01-02T10:00").toISOString(),
      nights: [1, 2],
      moods: ["poor"],
      stay: { host: { name: "Bo" } },
    },
  });
  expect(responseOf(WIDE, { on: "2027-01-02" })).toEqual({ response: { response_type: "Booking", on: "2027-01-02" } });
  const any = { on: "2027-01-02", "stay.host.name": "[1]" };
  expect(responseOf(WIDE, any)).toMatchObject({ response: { stay: { host: { name: [1] } } } });
});

test("a line that does not fit is named by its number", () => {
  expect(responseOf(WIDE, { on: "soon", nights: "1\n0", moods: "fair" })).toEqual({
    problems: {
      on: { kind: "date" },
      nights: { kind: "line", line: 2, problem: { kind: "low", limit: 1 } },
      moods: { kind: "line", line: 1, problem: { kind: "choice", choices: ["good", "poor"] } },
    },
  });
});
