/**
 * Writes src/protocol/types.ts from src/protocol/schema.json: `npm run protocol`.
 *
 * The schema comes from the backend's records, which are the only definition of the wire:
 * `python -m sayso.protocol.schema frontend/src/protocol/schema.json`.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../src/protocol/schema.json", import.meta.url);
const TYPES = new URL("../src/protocol/types.ts", import.meta.url);

/** @param {unknown} node @param {(object: Record<string, any>) => void} visit */
function walk(node, visit) {
  if (node === null || typeof node !== "object") return;
  if (!Array.isArray(node)) visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}

/**
 * The server sends every field of its records, so none of them is optional in TypeScript.
 *
 * @param {Record<string, any>} schema
 */
function requireServerFields(schema) {
  const seen = new Set();
  const queue = ["ServerSide"];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const definition = schema.$defs[name];
    if (definition.properties) definition.required = Object.keys(definition.properties);
    walk(definition, (object) => {
      if (typeof object.$ref === "string") queue.push(object.$ref.replace("#/$defs/", ""));
    });
  }
}

/** The text that types.ts must have. */
export async function renderTypes() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  requireServerFields(schema);
  walk(schema, (object) => {
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(TYPES, await renderTypes());
