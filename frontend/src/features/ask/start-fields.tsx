import { useId } from "react";
import { FormField } from "@/components/form-field";
import { responseText } from "@/strings";
import styles from "./ask.module.css";
import type { StartForm } from "./use-start-fields";

/** What a workflow of somebody's own needs, or takes, beside the question. */
export function StartFields({ fields, readOnly }: { fields: StartForm; readOnly: boolean }) {
  const id = useId();
  const { form, values, problems, change } = fields;
  if (form === null) return null;
  return (
    <div className={styles.fields}>
      {form.fields.map((field) => {
        const problem = problems[field.name];
        return (
          <FormField
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            raw={values[field.name] ?? field.initial}
            problem={problem === undefined ? null : responseText.problem(problem)}
            readOnly={readOnly}
            onChange={(raw) => change(field.name, raw)}
          />
        );
      })}
    </div>
  );
}
