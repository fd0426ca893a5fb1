import type { JsonValue } from "@/protocol";
import { isRecord } from "./json-schema";
import type { Field, Form, Raw, Values } from "./response-form";

/** What is wrong with a field, before the server is asked. */
export type Problem =
  | { kind: "missing" }
  | { kind: "number"; integer: boolean }
  | { kind: "low" | "high" | "short" | "long"; limit: number }
  | { kind: "date" }
  | { kind: "line"; line: number; problem: Problem }
  | { kind: "choice"; choices: unknown[] }
  | { kind: "json"; why: string };

type Outcome = { response: JsonValue } | { problems: Record<string, Problem> };

/** The response that a filled-in form stands for, or what is wrong with its fields. */
export function responseOf(form: Form, values: Values): Outcome {
  const problems: Record<string, Problem> = {};
  const response: Record<string, JsonValue> = {};
  for (const field of form.fields) {
    const read = readField(field, values[field.name] ?? field.initial);
    if ("problem" in read) problems[field.name] = read.problem;
    else if ("value" in read) put(response, form.whole ? [""] : field.path, read.value);
  }
  if (Object.keys(problems).length > 0) return { problems };
  return { response: form.whole ? (response[""] ?? null) : response };
}

/** Sets what stands at a path of names, with the objects around it. */
function put(into: Record<string, JsonValue>, path: string[], value: JsonValue): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const within = into[name];
  const object = isRecord(within) ? (within as Record<string, JsonValue>) : {};
  put(object, rest, value);
  into[name] = object;
}

type Read = { value: JsonValue } | { problem: Problem } | { left: "out" };

function readField(field: Field, raw: Raw): Read {
  if (field.kind === "fixed") return { value: field.value };
  if (typeof raw === "boolean") return { value: raw };
  if (raw.trim() === "") return readNothing(field);
  switch (field.kind) {
    case "text":
      return readText(field, raw);
    case "number":
      return readNumber(field, raw);
    case "date":
      return readDate(field, raw);
    case "list":
      return readLines(field, raw);
    case "any":
      return readAny(raw);
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

/** A time is that of whoever types it. */
function readDate(field: Extract<Field, { kind: "date" }>, text: string): Read {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return { problem: { kind: "date" } };
  return { value: field.time ? at.toISOString() : text };
}

function readLines(field: Extract<Field, { kind: "list" }>, text: string): Read {
  const values: JsonValue[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readLine(field.item, line.trim());
    if ("problem" in read) return { problem: { kind: "line", line: index + 1, problem: read.problem } };
    if ("value" in read) values.push(read.value);
  }
  return { value: values };
}

function readLine(item: Field, line: string): Read {
  if (item.kind !== "choice") return readField(item, line);
  const chosen = item.choices.find((choice) => String(choice) === line);
  return chosen === undefined ? { problem: { kind: "choice", choices: item.choices } } : { value: chosen as JsonValue };
}

function readAny(text: string): Read {
  const read = readJson(text);
  return "problem" in read ? { value: text } : read;
}
