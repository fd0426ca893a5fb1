import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { FormField } from "@/components/form-field";
import { type Problem, responseOf } from "@/state/response";
import type { Field, Form, Raw } from "@/state/response-form";
import type { Refusal } from "@/state/run";
import { refusalText, reviewText, responseText as words } from "@/strings";
import { leadsToButtons, leadTo, pressNothingHeld } from "./deciding-keys";
import styles from "./hosted-review.module.css";
import type { ResponseProps } from "./response-buttons";

/** The fields that a response schema asks for, and what is wrong with them: first by our own look, then by the server's. */
export function ResponseForm({ form, draft, onDraft, onSend, sending, ...state }: ResponseProps & { form: Form }) {
  const id = useId();
  const element = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [problems, setProblems] = useState<Record<string, Problem>>({});
  const { refusal } = state;
  const refused = refusedField(form, refusal);
  useEffect(() => {
    if (Object.keys(problems).length === 0 && refusal === null) return;
    const wrong = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const control = wrong?.matches("[role=radiogroup]") ? wrong.querySelector("input") : wrong;
    control?.focus();
  }, [problems, refusal]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = responseOf(form, draft.values ?? {});
    const found = { ...("problems" in read ? read.problems : {}), ...notNumbers(element.current, form) };
    setProblems(found);
    if ("response" in read && Object.keys(found).length === 0) onSend(read.response);
  };
  // A browser sends a form on Enter in most of its fields; here only the button does.
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key, nativeEvent } = event;
    if (target === button.current) pressNothingHeld(event);
    else if (leadsToButtons(event) || (key === "Enter" && target instanceof HTMLInputElement)) {
      if (nativeEvent.isComposing) return;
      event.preventDefault();
      leadTo(button.current);
    }
  };
  const change = (name: string, raw: Raw): void => {
    const { [name]: _, ...others } = problems;
    if (name in problems) setProblems(others);
    onDraft({ ...draft, values: { ...draft.values, [name]: raw } });
  };
  const problemOf = (field: Field): string | null => {
    const own = problems[field.name];
    if (own !== undefined) return words.problem(own);
    return refused === field.name && refusal !== null ? withoutPath(refusal.text) : null;
  };
  const wrong = Object.keys(problems).length;

  return (
    <form ref={element} className={styles.form} noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      {form.help !== "" && <p className={styles.help}>{form.help}</p>}
      {form.fields.map((field) => (
        <FormField
          key={field.name}
          id={`${id}-${field.name}`}
          field={field}
          raw={draft.values?.[field.name] ?? field.initial}
          problem={problemOf(field)}
          readOnly={sending}
          onChange={(raw) => change(field.name, raw)}
        />
      ))}
      <div className={styles.choices} data-guarded={state.guarded ? true : undefined}>
        <button
          ref={button}
          type="submit"
          className="btn primary"
          aria-disabled={state.busy || state.guarded || state.onlyRejects}
        >
          {sending ? words.sending : words.send}
        </button>
      </div>
      <p role="alert" className={`alert ${sending ? styles.calm : ""}`}>
        {sending && state.waiting && reviewText.retrying}
        {!sending && wrong > 0 && words.wrong(wrong)}
        {wrong === 0 &&
          refusal !== null &&
          (refused === null ? `${reviewText.refused} ${refusalText(refusal)}` : words.wrong(1))}
      </p>
    </form>
  );
}

/** The field that the server named, as in "response.points" or "response.tags.0"; null for the form as a whole. */
function refusedField(form: Form, refusal: Refusal | null): string | null {
  if (refusal?.code !== "invalid_response" || refusal.field === null) return null;
  const [head, ...path] = refusal.field.split(".");
  if (head !== "response") return null;
  if (form.whole) return "";
  const named = path.join(".");
  return form.fields.find(({ name }) => named === name || named.startsWith(`${name}.`))?.name ?? null;
}

function withoutPath(text: string): string {
  const said = text.replace(/^response[^:]*: /, "");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** A number field that holds no number says so only in its validity: its value is empty, as if nothing were typed. */
function notNumbers(element: HTMLFormElement | null, form: Form): Record<string, Problem> {
  const found: Record<string, Problem> = {};
  for (const field of form.fields) {
    const control = element?.elements.namedItem(field.name || "answer");
    if (field.kind === "number" && control instanceof HTMLInputElement && control.validity.badInput) {
      found[field.name] = { kind: "number", integer: field.integer };
    }
  }
  return found;
}
