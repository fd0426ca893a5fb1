import type { JsonValue } from "@/protocol";
import { constantsOf, isRecord, plainSchema, type Schema, schemaTitle } from "./json-schema";

/** What a field holds while it is being filled in: what was typed or picked, or whether it is ticked. */
export type Raw = string | boolean;
export type Values = Record<string, Raw>;

interface Common {
  /** The property that it fills, with those around it before it: "stay.city". Empty when it is the whole response. */
  name: string;
  /** The same, as the names within one another. */
  path: string[];
  label: string;
  help: string;
  required: boolean;
  nullable: boolean;
  initial: Raw;
}

export type Field =
  | (Common & { kind: "choice"; choices: unknown[] })
  | (Common & { kind: "text"; least: number; most: number | null })
  | (Common & { kind: "number"; integer: boolean; least: number | null; most: number | null })
  | (Common & { kind: "check" })
  | (Common & { kind: "date"; time: boolean })
  /** Several values, a line for each. */
  | (Common & { kind: "list"; item: Field })
  /** Whatever is typed: JSON if it reads as such, else text. */
  | (Common & { kind: "any" })
  /** Nothing to fill in. */
  | (Common & { kind: "fixed"; value: JsonValue })
  | (Common & { kind: "json" });

/** The form that a response schema asks for. `whole`: its one field is the response, not a property of it. */
export interface Form {
  whole: boolean;
  help: string;
  fields: Field[];
}

/** One of several forms to choose from. */
export interface Alternative {
  title: string;
  form: Form;
}

/** The property of a response that names the form. */
const CHOSEN = "response_type";
const DEPTH = 3;

/** The forms that a schema leaves to choose from; none when it asks for one only. */
export function alternativesOf(responseSchema: Schema): Alternative[] {
  const parts = Array.isArray(responseSchema.anyOf) ? responseSchema.anyOf.filter(isRecord) : [];
  if (!parts.every((part) => isRecord(part.properties) && CHOSEN in part.properties)) return [];
  return parts.map((part) => ({ title: schemaTitle(part, ""), form: formOf(part) }));
}

/** Strings, numbers, booleans, dates, choices, lists of those, and objects of all that; anything else is JSON. */
export function formOf(responseSchema: Schema): Form {
  const { schema, nullable } = plainSchema(responseSchema, responseSchema);
  const help = typeof schema.description === "string" ? schema.description : "";
  if (hasProperties(schema)) return { whole: false, help, fields: fieldsOf(schema, responseSchema, [], "", true) };
  // No schema at all: anything goes, and people write text.
  const asked = Object.keys(schema).length === 0 ? { type: "string" } : schema;
  const field = fieldOf([], asked, responseSchema, !nullable);
  return { whole: true, help: "", fields: [{ ...field, nullable }] };
}

function hasProperties(schema: Schema): schema is Schema & { properties: Schema } {
  return isRecord(schema.properties) && schema.type === "object" && Object.keys(schema.properties).length > 0;
}

/** A field for each property, and for each property of an object among them. */
function fieldsOf(
  schema: Schema & { properties: Schema },
  root: Schema,
  path: string[],
  around: string,
  needed: boolean,
): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const at = [...path, name];
    const inner = plainSchema(isRecord(property) ? property : {}, root).schema;
    const must = needed && required.includes(name);
    if (hasProperties(inner) && at.length < DEPTH) {
      return fieldsOf(inner, root, at, `${around}${nameOf(property, inner, name)}: `, must);
    }
    const field = fieldOf(at, property, root, must);
    return [{ ...field, label: `${around}${field.label}` }];
  });
}

/** What an object is called by its property; the title of its class says less. */
function nameOf(property: unknown, inner: Schema, name: string): string {
  const own = isRecord(property) && typeof property.title === "string" ? property : {};
  return schemaTitle(own.title === inner.title ? {} : own, name);
}

function fieldOf(path: string[], property: unknown, root: Schema, required: boolean): Field {
  const { schema, nullable } = plainSchema(isRecord(property) ? property : {}, root);
  const common: Common = {
    name: path.join("."),
    path,
    label: schemaTitle(schema, path.at(-1) ?? ""),
    help: typeof schema.description === "string" ? schema.description : "",
    required,
    nullable,
    initial: "",
  };
  if (path.at(-1) === CHOSEN && typeof schema.const === "string") {
    return { ...common, kind: "fixed", value: schema.const };
  }
  const choices = constantsOf(schema);
  if (choices !== null) {
    const initial = choices.includes(schema.default) ? JSON.stringify(schema.default) : "";
    return { ...common, kind: "choice", choices, initial };
  }
  switch (schema.type) {
    case "string":
      return textField(common, schema);
    case "number":
    case "integer":
      return numberField(common, schema);
    case "boolean":
      return { ...common, kind: "check", initial: schema.default === true };
    case "array":
      return listField(common, schema, root);
    default:
      return { ...common, kind: anyKind(common, schema), initial: jsonOf(schema.default) };
  }
}

function textField(common: Common, schema: Schema): Field {
  const initial = typeof schema.default === "string" ? schema.default : "";
  if (schema.format === "date" || schema.format === "date-time") {
    return { ...common, kind: "date", time: schema.format === "date-time", initial };
  }
  const limits = { least: numberOf(schema.minLength) ?? 0, most: numberOf(schema.maxLength) };
  return { ...common, kind: "text", ...limits, initial };
}

function numberField(common: Common, schema: Schema): Field {
  const initial = typeof schema.default === "number" ? String(schema.default) : "";
  const limits = { least: numberOf(schema.minimum), most: numberOf(schema.maximum) };
  return { ...common, kind: "number", integer: schema.type === "integer", ...limits, initial };
}

function listField(common: Common, schema: Schema, root: Schema): Field {
  const given = schema.default;
  const item = isRecord(schema.items) ? fieldOf(common.path, schema.items, root, true) : null;
  if (item === null || !LINES.includes(item.kind)) return { ...common, kind: "json", initial: jsonOf(given) };
  const lines = Array.isArray(given) ? given.filter((each) => typeof each !== "object") : [];
  return { ...common, kind: "list", item, initial: lines.join("\n") };
}

/** A property of which nothing is said takes a text as well as JSON. */
function anyKind(common: Common, schema: Schema): "any" | "json" {
  return common.path.length > 0 && saysNothing(schema) ? "any" : "json";
}

/** Kinds of which each value stands in a line. */
const LINES: Field["kind"][] = ["text", "number", "choice", "date"];
const ABOUT = ["title", "description", "default"];

function saysNothing(schema: Schema): boolean {
  return Object.keys(schema).every((key) => ABOUT.includes(key));
}

function jsonOf(given: unknown): string {
  return given === undefined ? "" : JSON.stringify(given, null, 2);
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
