import { expect, test } from "vitest";
import { alternativesOf, formOf } from "./response-form";

/** As pydantic writes it. */
const GRADE = {
  $defs: { Verdict: { enum: ["good", "needs_work"], title: "Verdict", type: "string" } },
  description: "How good is it?",
  properties: {
    verdict: { $ref: "#/$defs/Verdict" },
    points: { description: "0 is useless.", maximum: 10, minimum: 0, title: "Points", type: "integer" },
    comment: { anyOf: [{ type: "string", maxLength: 40 }, { type: "null" }], default: null, title: "Comment" },
    is_public: { default: true, type: "boolean" },
    tags: { default: [], items: { type: "string" }, title: "Tags", type: "array" },
  },
  required: ["verdict", "points"],
  title: "Grade",
  type: "object",
};

test("an object becomes a form with a field for each property", () => {
  const form = formOf(GRADE);
  expect([form.whole, form.help]).toEqual([false, "How good is it?"]);
  expect(form.fields).toMatchObject([
    { name: "verdict", label: "Verdict", kind: "choice", choices: ["good", "needs_work"], required: true, initial: "" },
    { name: "points", kind: "number", integer: true, least: 0, most: 10, help: "0 is useless." },
    { name: "comment", kind: "text", most: 40, required: false, nullable: true, initial: "" },
    { name: "is_public", label: "Is public", kind: "check", initial: true },
    { name: "tags", kind: "list", item: { kind: "text" }, initial: "" },
  ]);
});

const WHOLE: [Record<string, unknown>, object][] = [
  [{}, { kind: "text", label: "", required: true }],
  [
    { type: "string", maxLength: 9, title: "Name" },
    { kind: "text", most: 9, label: "Name" },
  ],
  [
    { type: "string", enum: ["approve", "yes", "reject", "no"] },
    { kind: "choice", choices: ["reject", "approve"] },
  ],
  [{ enum: [1, 2, null] }, { kind: "choice", choices: [1, 2, null] }],
  [{ const: "ok" }, { kind: "choice", choices: ["ok"] }],
  [{ oneOf: [{ const: "a" }, { const: "b" }] }, { kind: "choice", choices: ["a", "b"] }],
  [
    { type: "boolean", default: true },
    { kind: "check", initial: true },
  ],
  [
    { type: "number", default: 1.5 },
    { kind: "number", integer: false, initial: "1.5" },
  ],
  [{ type: ["string", "null"] }, { kind: "text", nullable: true, required: false }],
  [{ type: "array", items: {} }, { kind: "json" }],
  [{ type: "object" }, { kind: "json" }],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, { kind: "json" }],
  [{ enum: [["a"], { b: 1 }] }, { kind: "json" }],
  [{ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }, { kind: "text" }],
  [{ $ref: "https://example.org/schema" }, { kind: "json" }],
];

test.each(WHOLE)("%j is one field", (schema, field) => {
  const form = formOf(schema);
  expect(form.whole).toBe(true);
  expect(form.fields).toMatchObject([field]);
});

/** A booking, as pydantic writes it. */
const BOOKING = {
  type: "object",
  required: ["arrival", "stay", "response_type"],
  properties: {
    response_type: { const: "Booking" },
    arrival: { type: "string", format: "date" },
    at: { type: "string", format: "date-time" },
    nights: { type: "array", items: { type: "integer", minimum: 1 }, default: [1, 2] },
    stay: { $ref: "#/$defs/Stay", title: "Stay" },
    stays: { type: "array", items: { $ref: "#/$defs/Stay" } },
    mood: {},
  },
  $defs: {
    Stay: {
      type: "object",
      title: "Stay",
      required: ["city"],
      properties: { city: { type: "string" }, host: { type: "object", properties: { name: { type: "string" } } } },
    },
  },
};

test("dates, lists and objects within objects have fields of their own", () => {
  expect(formOf(BOOKING).fields).toMatchObject([
    { name: "response_type", kind: "fixed", value: "Booking" },
    { name: "arrival", kind: "date", time: false, required: true },
    { name: "at", kind: "date", time: true, required: false },
    { name: "nights", kind: "list", item: { kind: "number", integer: true, least: 1 }, initial: "1\n2" },
    { name: "stay.city", path: ["stay", "city"], label: "Stay: City", kind: "text", required: true },
    { name: "stay.host.name", label: "Stay: Host: Name", kind: "text", required: false },
    { name: "stays", kind: "json" },
    { name: "mood", kind: "any" },
  ]);
});

test("several classes of answers are several forms", () => {
  const part = (title: string, field: string) => ({
    title,
    type: "object",
    required: ["response_type", field],
    properties: { response_type: { const: title }, [field]: { type: "string" } },
  });
  const forms = alternativesOf({ anyOf: [part("Accepted", "price"), part("Declined", "why")] });
  expect(forms.map((each) => [each.title, each.form.fields.map((field) => field.name)])).toEqual([
    ["Accepted", ["response_type", "price"]],
    ["Declined", ["response_type", "why"]],
  ]);
  expect(alternativesOf({ anyOf: [{ type: "string" }, { type: "null" }] })).toEqual([]);
  expect(alternativesOf({ type: "string" })).toEqual([]);
});
