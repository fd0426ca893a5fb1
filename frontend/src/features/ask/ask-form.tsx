import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Choice, startResearch } from "@/state/ask";
import { useAsking, useName } from "@/state/hooks";
import type { InfoView } from "@/state/info";
import { asking as words } from "@/strings";
import styles from "./ask.module.css";
import { Choices } from "./choices";

const DEFAULTS: Choice = { workflow: null, sources: null, writer: null };
const FALLBACK_LIMIT = 4_000;

export function AskForm({
  view,
  initial,
  initialWorkflow,
  onStarted,
}: {
  view: InfoView;
  initial: string;
  initialWorkflow: string | null;
  onStarted: (runId: string) => void;
}) {
  const [question, setQuestion] = useState(initial);
  const [choice, setChoice] = useState<Choice>(DEFAULTS);
  const { state, problem } = useAsking();
  const by = useName();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (initial !== "") setQuestion(initial);
    if (initialWorkflow !== null) setChoice((before) => ({ ...before, workflow: initialWorkflow }));
  }, [initial, initialWorkflow]);

  const limit = view.info?.limits.question ?? FALLBACK_LIMIT;
  const tooLong = question.trim().length > limit;
  const busy = state !== "idle";
  // One that is not hosted here, from an old address, falls back to the report.
  const other = view.info?.workflows.find((flow) => flow.name === choice.workflow) ?? null;
  const chosen = view.info !== null && other === null ? { ...choice, workflow: null } : choice;

  const start = (event?: FormEvent): void => {
    event?.preventDefault();
    if (question.trim() === "" || tooLong || busy) {
      field.current?.focus();
      return;
    }
    startResearch(question.trim(), chosen, by.trim(), onStarted);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) start(event);
  };
  const tryOne = (example: string): void => {
    setQuestion(example);
    field.current?.focus();
  };

  return (
    <>
      <form className={styles.ask} onSubmit={start}>
        <textarea
          ref={field}
          className={styles.question}
          aria-label="Question"
          aria-describedby="ask-note"
          placeholder={other === null ? words.placeholder : words.placeholderOther(other.title)}
          rows={2}
          dir="auto"
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className={styles.foot}>
          {view.info !== null && <Choices info={view.info} choice={chosen} onChange={setChoice} />}
          <button type="submit" className={`btn primary ${styles.start}`} aria-disabled={busy || tooLong}>
            {busy ? words.starting : other === null ? words.start : words.startOther}
          </button>
        </div>
      </form>
      <p id="ask-note" role="alert" className={styles.note}>
        {tooLong ? words.tooLong(limit) : state === "unreachable" ? words.unreachable : problem}
      </p>
      {view.info !== null && other === null && view.info.examples.length > 0 && (
        <div className={styles.try}>
          <span className={styles.tryLabel}>{words.try}</span>
          {view.info.examples.map((example) => (
            <button key={example} type="button" className={styles.example} onClick={() => tryOne(example)}>
              {example}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
