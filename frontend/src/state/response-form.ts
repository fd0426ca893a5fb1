import { constantsOf, isRecord, plainSchema, type Schema, schemaTitle } from "./json-schema";

/** What a field holds while it is being filled in: what was typed or picked, or whether it is ticked. */
export type Raw = string | boolean;
export type Values = Record<string, Raw>;

interface Common {
  /** The property that it fills; empty when the field is the whole response. */
  name: string;
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
  | (Common & { kind: "json" });

/** The form that a response schema asks for. `whole`: its one field is the response, not a property of it. */
export interface Form {
  whole: boolean;
  help: string;
  fields: Field[];
}

/** Strings, numbers, booleans, choices, and an object of those; anything else is written as JSON. */
export function formOf(responseSchema: Schema): Form {
  const { schema, nullable } = plainSchema(responseSchema, responseSchema);
  const help = typeof schema.description === "string" ? schema.description : "";
  if (isRecord(schema.properties) && schema.type === "object" && Object.keys(schema.properties).length > 0) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    const fields = Object.entries(schema.properties).map(([name, property]) =>
      fieldOf(name, property, responseSchema, required.includes(name)),
    );
    return { whole: false, help, fields };
  }
  // No schema at all: anything goes, and people write text.
  const asked = Object.keys(schema).length === 0 ? { type: "string" } : schema;
  const field = fieldOf("", asked, responseSchema, !nullable);
  return { whole: true, help: "", fields: [{ ...field, nullable }] };
}

function fieldOf(name: string, property: unknown, root: Schema, required: boolean): Field {
  const { schema, nullable } = plainSchema(isRecord(property) ? property : {}, root);
  const common: Common = {
    name,
    label: schemaTitle(schema, name),
    help: typeof schema.description === "string" ? schema.description : "",
    required,
    nullable,
    initial: "",
  };
  const given = schema.default;
  const choices = constantsOf(schema);
  if (choices !== null) {
    const initial = choices.includes(given) ? JSON.stringify(given) : "";
    return { ...common, kind: "choice", choices, initial };
  }
  switch (schema.type) {
    case "string": {
      const initial = typeof given === "string" ? given : "";
      return {
        ...common,
        kind: "text",
        least: numberOf(schema.minLength) ?? 0,
        most: numberOf(schema.maxLength),
        initial,
      };
    }
    case "number":
    case "integer": {
      const initial = typeof given === "number" ? String(given) : "";
      const limits = { least: numberOf(schema.minimum), most: numberOf(schema.maximum) };
      return { ...common, kind: "number", integer: schema.type === "integer", ...limits, initial };
    }
    case "boolean":
      return { ...common, kind: "check", initial: given === true };
    default:
      return { ...common, kind: "json", initial: given === undefined ? "" : JSON.stringify(given, null, 2) };
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
