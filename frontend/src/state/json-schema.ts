import type { Decision } from "@/protocol";
import { isDecision } from "./decision";

/** As much of JSON Schema as forms need. What is not understood here is left to the server, which knows all of it. */
export type Schema = Record<string, unknown>;

export function isRecord(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const DEPTH = 8;

/** A schema without its reference and without the "or null" that pydantic writes as `anyOf` for an optional value. */
export function plainSchema(schema: Schema, root: Schema, depth = 0): { schema: Schema; nullable: boolean } {
  if (depth > DEPTH) return { schema: {}, nullable: false };
  const referred = typeof schema.$ref === "string" ? pointedAt(schema.$ref, root) : null;
  if (referred !== null) {
    const { $ref: _, ...own } = schema;
    return plainSchema({ ...referred, ...own }, root, depth + 1);
  }
  if (Array.isArray(schema.type) && schema.type.length === 2 && schema.type.includes("null")) {
    const type = schema.type.find((each) => each !== "null");
    return { schema: { ...schema, type }, nullable: true };
  }
  const { anyOf, ...own } = schema;
  if (Array.isArray(anyOf)) {
    const others = anyOf.filter((each) => isRecord(each) && each.type !== "null");
    const [only] = others;
    if (others.length === 1 && isRecord(only)) {
      const inner = plainSchema({ ...only, ...own }, root, depth + 1);
      return { schema: inner.schema, nullable: inner.nullable || others.length < anyOf.length };
    }
  }
  return { schema, nullable: false };
}

/** The schema at a pointer such as "#/$defs/Grade" (RFC 6901, without its escapes); null when there is none. */
function pointedAt(pointer: string, root: Schema): Schema | null {
  if (!pointer.startsWith("#/")) return null;
  let found: unknown = root;
  for (const part of pointer.slice(2).split("/")) found = isRecord(found) ? found[part] : undefined;
  return isRecord(found) ? found : null;
}

/** The few values that a schema allows, if it allows only certain ones that fit on a button. */
export function constantsOf(schema: Schema): unknown[] | null {
  const { enum: listed, const: only, oneOf } = schema;
  if (only !== undefined) return isScalar(only) ? [only] : null;
  const values = Array.isArray(listed)
    ? listed
    : Array.isArray(oneOf) && oneOf.every((each) => isRecord(each) && each.const !== undefined)
      ? oneOf.map((each: Schema) => each.const)
      : [];
  return values.length > 0 && values.every(isScalar) ? withoutSynonyms(values) : null;
}

/** "yes" and "no" are other words for the same decisions, which stand last; a button for each decision is enough. */
function withoutSynonyms(values: unknown[]): unknown[] {
  const decisions: Decision[] = ["reject", "approve"];
  if (!decisions.every((each) => values.includes(each))) return values;
  return [...values.filter((each) => !isDecision(each) && each !== "yes" && each !== "no"), ...decisions];
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** The title, else the property's name as words: "due_date" is "Due date". */
export function schemaTitle(schema: Schema, name: string): string {
  return typeof schema.title === "string" && schema.title !== "" ? schema.title : inWords(name);
}

export function inWords(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a value is called that can be chosen. */
export function choiceLabel(choice: unknown): string {
  return typeof choice === "string" && choice !== "" ? inWords(choice) : JSON.stringify(choice);
}
