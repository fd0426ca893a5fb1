import { useState } from "react";
import { LazyMarkdown } from "@/components/lazy-markdown";
import type { JsonValue } from "@/protocol";
import { useDecisionDraft, useName } from "@/state/hooks";
import { reviewText as words } from "@/strings";
import type { ReviewProps } from "./review";
import styles from "./review.module.css";

/** The review of a hosted workflow: its words, and an answer in the form that its schema asks for. */
export function Plain({ session, view, review, runId }: ReviewProps) {
  const [draft, change] = useDecisionDraft(runId, review.seq);
  const [text, setText] = useState("");
  const by = useName();
  const busy = view.sending !== null;
  const choices = choicesOf(review.data.response_schema);
  const send = (response: JsonValue): void => {
    if (busy) return;
    const responseId = session.answer({ response, review: review.seq, feedback: draft.feedback.trim(), by: by.trim() });
    change({ ...draft, responseId });
  };
  return (
    <section className={styles.plain} aria-label={words.region}>
      <LazyMarkdown text={review.payload} />
      {choices === null ? (
        <form
          className={styles.answer}
          onSubmit={(event) => {
            event.preventDefault();
            send(text);
          }}
        >
          <textarea
            aria-label={words.answer}
            rows={3}
            dir="auto"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="btn primary" aria-disabled={busy}>
            {words.send}
          </button>
        </form>
      ) : (
        <>
          <textarea
            className={styles.comment}
            aria-label={words.feedback}
            placeholder={words.placeholder}
            rows={2}
            dir="auto"
            value={draft.feedback}
            onChange={(event) => change({ ...draft, feedback: event.target.value })}
          />
          <div className={styles.choices}>
            {choices.map((choice) => (
              <button
                key={choice}
                type="button"
                className={CLASSES[choice] ?? "btn"}
                aria-disabled={busy}
                onClick={() => send(choice)}
              >
                {titled(choice)}
              </button>
            ))}
          </div>
        </>
      )}
      <p role="alert" className="alert">
        {view.refusal !== null && !busy && `${words.refused} ${view.refusal.text}`}
      </p>
    </section>
  );
}

const CLASSES: Record<string, string> = { approve: "btn primary", reject: "btn no" };

/** The words that a schema allows, if it allows only certain words. Synonyms ("yes" for "approve") are left out. */
function choicesOf(schema: Record<string, unknown>): string[] | null {
  const { enum: values } = schema;
  if (!Array.isArray(values) || values.length === 0) return null;
  const strings = values.filter((value): value is string => typeof value === "string");
  if (strings.length !== values.length) return null;
  return strings.includes("approve") && strings.includes("reject") ? ["reject", "approve"] : strings;
}

function titled(choice: string): string {
  return choice.charAt(0).toUpperCase() + choice.slice(1);
}
