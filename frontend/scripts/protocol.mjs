/**
 * Writes src/protocol/types.ts and src/protocol/records.ts from src/protocol/schema.json: `npm run protocol`.
 *
 * The schema comes from the backend's records, which are the only definition of the wire:
 * `python -m sayso.protocol.schema frontend/src/protocol/schema.json`.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../src/protocol/schema.json", import.meta.url);
const TYPES = new URL("../src/protocol/types.ts", import.meta.url);
const RECORDS = new URL("../src/protocol/records.ts", import.meta.url);

/** @param {unknown} node @param {(object: Record<string, any>) => void} visit */
function walk(node, visit) {
  if (node === null || typeof node !== "object") return;
  if (!Array.isArray(node)) visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}

/** The definition that a `$ref` names. @param {string} ref */
const nameOf = (ref) => ref.replace("#/$defs/", "");

/**
 * Everything that the definition of this name is made of, and itself.
 *
 * @param {Record<string, any>} schema @param {string} root
 * @returns {string[]}
 */
function partsOf(schema, root) {
  const seen = new Set([root]);
  for (const name of seen) {
    walk(schema.$defs[name], (object) => {
      if (typeof object.$ref === "string") seen.add(nameOf(object.$ref));
    });
  }
  return [...seen];
}

/**
 * The server sends every field of its records, so none of them is optional in TypeScript, but for those that a client
 * sends too.
 *
 * @param {Record<string, any>} schema
 */
function requireServerFields(schema) {
  const sent = new Set(partsOf(schema, "ClientSide"));
  for (const name of partsOf(schema, "ServerSide").filter((each) => !sent.has(each))) {
    const definition = schema.$defs[name];
    if (definition.properties) definition.required = Object.keys(definition.properties);
  }
}

/** The text that types.ts must have. */
export async function renderTypes() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  requireServerFields(schema);
  walk(schema, (object) => {
    // What has a default of its own is the same type, of which the generator would make two.
    if (typeof object.$ref === "string") delete object.default;
    // The generator knows no prefixItems; the protocol's only tuples are pairs of offsets.
    if (Array.isArray(object.prefixItems)) object.tsType = `[${object.prefixItems.map(() => "number").join(", ")}]`;
  });
  const text = await compile(schema, "Protocol", {
    additionalProperties: false,
    bannerComment: "/** Generated from schema.json by `npm run protocol`. Do not edit. */",
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { printWidth: 120 },
  });
  return text
    .replace(/\/\*\*\n \* This interface was referenced by[^\n]*\n \* via the `definition` [^\n]*\n \*\/\n/g, "")
    .replace(/ \*\n \* This interface was referenced by[^\n]*\n \* via the `definition` [^\n]*\n/g, "");
}

/**
 * The record that a field holds, alone or in a list; null for anything else, unions of several records too.
 *
 * @param {Record<string, any>} schema @param {Record<string, any>} field
 * @returns {string | null}
 */
function recordIn(schema, field) {
  const inner = field.anyOf?.filter((/** @type {any} */ each) => each.type !== "null") ?? [field.items ?? field];
  const ref = inner.length === 1 ? inner[0].$ref : undefined;
  return ref !== undefined && schema.$defs[nameOf(ref)].properties ? nameOf(ref) : null;
}

/**
 * What a record has in a field that was not there yet when the record was written; undefined where it always was.
 *
 * @param {Record<string, any>} definition @param {string} name
 */
function defaultOf(definition, name) {
  const field = definition.properties[name];
  if ("default" in field) return field.default;
  // Computed by the server of its day, or not at all.
  if (field.readOnly && field.anyOf?.some((/** @type {any} */ each) => each.type === "null")) return null;
  if (definition.required?.includes(name)) return undefined;
  // A default that pydantic makes anew for each record is in no schema; it is the empty one.
  return field.type === "array" ? [] : {};
}

/** The text that records.ts must have. */
export async function renderRecords() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  const names = ["RunState", "ReviewData", "RecordedDecision", "Report"];
  const parts = [...new Set(names.flatMap((name) => partsOf(schema, name)))]
    .filter((name) => schema.$defs[name].properties)
    .sort();
  const lines = parts.map((name) => {
    const definition = schema.$defs[name];
    const fields = Object.keys(definition.properties);
    /** @param {(field: string) => unknown} of */
    const table = (of) => {
      const entries = fields.map((field) => [field, of(field)]).filter(([, value]) => value !== undefined);
      return JSON.stringify(Object.fromEntries(entries));
    };
    const records = table((field) => recordIn(schema, definition.properties[field]) ?? undefined);
    return `  ${name}: { defaults: ${table((field) => defaultOf(definition, field))}, records: ${records} },`;
  });
  return [
    "/** Generated from schema.json by `npm run protocol`. Do not edit. */",
    `import type { ${parts.join(", ")} } from "./types";`,
    "",
    "export interface Records {",
    ...parts.map((name) => `  ${name}: ${name};`),
    "}",
    "",
    "/** Of each record what a field that it lacks has, and which of its fields hold records, alone or in a list. */",
    "export const RECORDS: Record<",
    "  keyof Records,",
    "  { defaults: Record<string, unknown>; records: Record<string, keyof Records> }",
    "> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(TYPES, await renderTypes());
  await writeFile(RECORDS, await renderRecords());
}
