import { useState } from "react";
import type { Info, JsonValue } from "@/protocol";
import { type Problem, responseOf } from "@/state/response";
import { type Form, formOf, type Raw, type Values } from "@/state/response-form";

export interface StartForm {
  /** Null where a workflow takes nothing beside the question, or says nothing of it. */
  form: Form | null;
  values: Values;
  problems: Record<string, Problem>;
  change: (name: string, raw: Raw) => void;
  /** The options as filled in; null where something is wrong with them, which `problems` says from then on. */
  read: () => Record<string, JsonValue> | null;
}

/** What is filled in beside the question, for a workflow that asks for it. */
export function useStartFields(workflow: Info["workflows"][number] | null): StartForm {
  const [values, setValues] = useState<Values>({});
  const [problems, setProblems] = useState<Record<string, Problem>>({});
  // A server of before says nothing of options.
  const asked = formOf(workflow?.options ?? {});
  const form = asked.whole ? null : asked;
  const read = (): Record<string, JsonValue> | null => {
    if (form === null) return {};
    const found = responseOf(form, values);
    setProblems("problems" in found ? found.problems : {});
    return "problems" in found ? null : (found.response as Record<string, JsonValue>);
  };
  return { form, values, problems, read, change: (name, raw) => setValues((before) => ({ ...before, [name]: raw })) };
}
