import type { JsonValue } from "@/protocol";
import type { Field, Form, Raw, Values } from "./response-form";

/** What is wrong with a field, before the server is asked. */
export type Problem =
  | { kind: "missing" }
  | { kind: "number"; integer: boolean }
  | { kind: "low" | "high" | "short" | "long"; limit: number }
  | { kind: "json"; why: string };

type Outcome = { response: JsonValue } | { problems: Record<string, Problem> };

/** The response that a filled-in form stands for, or what is wrong with its fields. */
export function responseOf(form: Form, values: Values): Outcome {
  const problems: Record<string, Problem> = {};
  const response: Record<string, JsonValue> = {};
  for (const field of form.fields) {
    const read = readField(field, values[field.name] ?? field.initial);
    if ("problem" in read) problems[field.name] = read.problem;
    else if ("value" in read) response[field.name] = read.value;
  }
  if (Object.keys(problems).length > 0) return { problems };
  return { response: form.whole ? (response[""] ?? null) : response };
}

type Read = { value: JsonValue } | { problem: Problem } | { left: "out" };

function readField(field: Field, raw: Raw): Read {
  if (typeof raw === "boolean") return { value: raw };
  if (raw.trim() === "") return readNothing(field);
  switch (field.kind) {
    case "text":
      return readText(field, raw);
    case "number":
      return readNumber(field, raw);
    default:
      return readJson(raw);
  }
}

/** A required field has to be filled in; an optional one that is left empty is left out, or cleared of its default. */
function readNothing(field: Field): Read {
  if (field.nullable && (field.required || field.initial !== "")) return { value: null };
  if (field.required) return { problem: { kind: "missing" } };
  if (field.kind === "text" && field.initial !== "") return { value: "" };
  return { left: "out" };
}

function readText(field: Extract<Field, { kind: "text" }>, text: string): Read {
  // JSON Schema counts characters, not UTF-16 units.
  const { length } = [...text];
  if (length < field.least) return { problem: { kind: "short", limit: field.least } };
  if (field.most !== null && length > field.most) return { problem: { kind: "long", limit: field.most } };
  return { value: text };
}

function readNumber(field: Extract<Field, { kind: "number" }>, text: string): Read {
  const value = Number(text);
  if (!Number.isFinite(value) || (field.integer && !Number.isInteger(value))) {
    return { problem: { kind: "number", integer: field.integer } };
  }
  if (field.least !== null && value < field.least) return { problem: { kind: "low", limit: field.least } };
  if (field.most !== null && value > field.most) return { problem: { kind: "high", limit: field.most } };
  return { value };
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: { kind: "json", why: error instanceof Error ? error.message : "" } };
  }
}
