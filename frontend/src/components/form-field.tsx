import { type ReactNode, useId } from "react";
import { choiceLabel } from "@/state/json-schema";
import type { Field, Raw } from "@/state/response-form";
import { responseText as words } from "@/strings";
import styles from "./form-field.module.css";

interface FormFieldProps {
  id: string;
  field: Field;
  raw: Raw;
  problem: string | null;
  readOnly: boolean;
  onChange: (raw: Raw) => void;
}

/** Longer texts get a field that grows. */
const LINE = 120;

/** One field of a form, with its label, its help and what is wrong with it. */
export function FormField(props: FormFieldProps) {
  const { id, field, problem } = props;
  const notes = (
    <>
      {field.help !== "" && (
        <p id={`${id}-help`} className={styles.help}>
          {field.help}
        </p>
      )}
      {problem !== null && (
        <p id={`${id}-problem`} className="alert">
          {problem}
        </p>
      )}
    </>
  );
  if (field.kind === "fixed") return null;
  if (field.kind === "choice") return <Choices {...props} field={field} notes={notes} />;
  if (field.kind === "check") {
    return (
      <div className={styles.field}>
        <label className={styles.check} htmlFor={id}>
          <Control {...props} />
          {field.label || words.yes}
        </label>
        {notes}
      </div>
    );
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <Label field={field} />
      </label>
      <Control {...props} />
      {notes}
    </div>
  );
}

function Label({ field }: { field: Field }) {
  const how = field.kind === "json" ? words.json : field.kind === "list" ? words.lines : "";
  const remark = [how, field.required ? "" : words.optional].filter((each) => each !== "").join(", ");
  return (
    <>
      {field.label || words.answer} {remark !== "" && <small>{remark}</small>}
    </>
  );
}

function Choices({
  id,
  field,
  raw,
  problem,
  readOnly,
  onChange,
  notes,
}: FormFieldProps & { field: Extract<Field, { kind: "choice" }>; notes: ReactNode }) {
  const choices = field.choices.map((choice) => ({ value: JSON.stringify(choice), label: choiceLabel(choice) }));
  if (!field.required) choices.push({ value: "", label: words.none });
  return (
    <div
      className={`${styles.field} ${styles.group}`}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-required={field.required}
      aria-invalid={problem !== null}
      aria-describedby={described(id, field, problem)}
    >
      <span id={`${id}-label`} className={styles.legend}>
        <Label field={field} />
      </span>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.check}>
          <input
            type="radio"
            name={id}
            value={choice.value}
            checked={raw === choice.value}
            disabled={readOnly && raw !== choice.value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
      {notes}
    </div>
  );
}

function Control({ id, field, raw, problem, readOnly, onChange }: FormFieldProps) {
  const common = {
    id,
    name: field.name || "answer",
    "aria-invalid": problem !== null,
    "aria-describedby": described(id, field, problem),
  };
  const typed = {
    ...common,
    value: String(raw),
    required: field.required,
    readOnly,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  switch (field.kind) {
    case "check":
      return (
        <input
          {...common}
          type="checkbox"
          checked={raw === true}
          disabled={readOnly}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case "number":
      return (
        <input
          {...typed}
          className={styles.number}
          type="number"
          step={field.integer ? 1 : "any"}
          min={field.least ?? undefined}
          max={field.most ?? undefined}
        />
      );
    case "date":
      return <input {...typed} className={styles.number} type={field.time ? "datetime-local" : "date"} />;
    case "json":
      return <textarea {...typed} className={styles.json} rows={3} dir="ltr" spellCheck={false} />;
    default:
      return field.kind === "text" && field.most !== null && field.most <= LINE ? (
        <input {...typed} type="text" dir="auto" />
      ) : (
        <textarea {...typed} rows={2} dir="auto" />
      );
  }
}

function described(id: string, field: Field, problem: string | null): string | undefined {
  const ids = [field.help === "" ? "" : `${id}-help`, problem === null ? "" : `${id}-problem`];
  return ids.filter((each) => each !== "").join(" ") || undefined;
}

/** One of several, by its place. */
export function Radios({
  label,
  titles,
  chosen,
  readOnly,
  onChoose,
}: {
  label: string;
  titles: string[];
  chosen: number;
  readOnly: boolean;
  onChoose: (index: number) => void;
}) {
  const id = useId();
  return (
    <div className={`${styles.field} ${styles.group}`} role="radiogroup" aria-labelledby={id}>
      <span id={id} className={styles.legend}>
        {label}
      </span>
      {titles.map((title, index) => (
        <label key={title} className={styles.check}>
          <input
            type="radio"
            name={id}
            checked={index === chosen}
            disabled={readOnly && index !== chosen}
            onChange={() => onChoose(index)}
          />
          {title}
        </label>
      ))}
    </div>
  );
}
