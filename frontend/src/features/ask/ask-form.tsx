import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Choice, forgetProblem, leaving, startResearch } from "@/state/ask";
import { useAsking, useName } from "@/state/hooks";
import type { InfoView } from "@/state/info";
import { keepName, setName } from "@/state/name";
import { keepQuestion, keptQuestion } from "@/state/question";
import type { Refusal } from "@/state/run";
import { refusalText, asking as words } from "@/strings";
import styles from "./ask.module.css";
import { OnlyDocuments } from "./only-documents";
import { Options } from "./options";
import { StartFields } from "./start-fields";
import { useStartFields } from "./use-start-fields";

const DEFAULTS: Choice = {
  workflow: null,
  sources: null,
  documents: null,
  writer: null,
  reviewReport: false,
  judge: false,
  reviewers: null,
};
const FALLBACK_LIMIT = 4_000;

/** One field, and what else can be said about how it is to be answered. */
export function AskForm({
  view,
  initial,
  initialWorkflow,
  only,
  examples,
  asksName,
  onStarted,
}: {
  view: InfoView;
  initial: string;
  initialWorkflow: string | null;
  /** Names of the documents that alone are to be asked; none means all. */
  only: readonly string[];
  /** Whether to offer questions to try. */
  examples: boolean;
  /** Whether the name is asked for here. */
  asksName: boolean;
  onStarted: (runId: string) => void;
}) {
  const [question, setQuestion] = useState(initial);
  const [choice, setChoice] = useState<Choice>(DEFAULTS);
  const [complaint, setComplaint] = useState(false);
  const { state, problem } = useAsking();
  const by = useName();
  const field = useRef<HTMLTextAreaElement>(null);
  // What was refused on the page before is not about this.
  useEffect(() => forgetProblem(), []);
  useEffect(() => setQuestion((typed) => (typed === "" ? keptQuestion() : typed)), []);
  useEffect(() => {
    if (initial !== "") setQuestion(initial);
    if (initialWorkflow !== null) setChoice((before) => ({ ...before, workflow: initialWorkflow }));
  }, [initial, initialWorkflow]);
  useEffect(() => setChoice((before) => ({ ...before, documents: only.length > 0 ? [...only] : null })), [only]);

  const limit = view.info?.limits.question ?? FALLBACK_LIMIT;
  const empty = question.trim() === "";
  const tooLong = question.trim().length > limit;
  const busy = state !== "idle";
  // One that is not hosted here, from an old address, falls back to the report.
  const other = view.info?.workflows.find((flow) => flow.name === choice.workflow) ?? null;
  const chosen = view.info !== null && other === null ? { ...choice, workflow: null } : choice;

  const fields = useStartFields(other);

  const write = (text: string): void => {
    setQuestion(text);
    keepQuestion(text);
  };
  const start = (event?: FormEvent): void => {
    event?.preventDefault();
    setComplaint(empty);
    if (empty || tooLong || busy) {
      field.current?.focus();
      return;
    }
    const options = fields.read();
    if (options === null) return;
    startResearch(question.trim(), { ...chosen, options }, by.trim(), (runId) => {
      keepName();
      keepQuestion("");
      onStarted(runId);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) start(event);
  };
  const tryOne = (example: string): void => {
    write(example);
    field.current?.focus();
  };

  return (
    <>
      <form className={styles.ask} noValidate onSubmit={start}>
        <textarea
          ref={field}
          className={styles.question}
          aria-label="Question"
          aria-describedby="ask-keys ask-note"
          placeholder={other === null ? words.placeholder : words.placeholderOther(other.title)}
          rows={1}
          dir="auto"
          value={question}
          readOnly={busy}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <p id="ask-keys" className="sr">
          {words.keys}
        </p>
        <StartFields fields={fields} readOnly={busy} />
        {other === null && chosen.documents !== null && (
          <OnlyDocuments names={chosen.documents} onChange={(documents) => setChoice({ ...choice, documents })} />
        )}
        <div className={styles.foot}>
          <Options info={view.info} choice={chosen} onChange={setChoice} />
          <div className={styles.begin}>
            {asksName && (
              <input
                className={styles.name}
                aria-label={words.yourName}
                title={`${words.yourName}, ${words.nameWhy}`}
                placeholder={words.yourName}
                value={by}
                maxLength={100}
                autoComplete="name"
                spellCheck={false}
                onChange={(event) => setName(event.target.value)}
              />
            )}
            <button type="submit" className={`btn primary ${styles.start}`} aria-disabled={busy || tooLong}>
              {busy ? words.starting : other === null ? words.start : words.startOther}
              <span className={styles.key} aria-hidden="true">
                ↵
              </span>
            </button>
          </div>
        </div>
      </form>
      <p id="ask-note" role="alert" className={styles.note}>
        {noteOf({ tooLong: tooLong ? limit : null, empty: complaint && empty, state, problem })}
      </p>
      {view.info !== null && other === null && <Leaving what={leaving(view.info, chosen)} />}
      {examples && view.info !== null && other === null && view.info.examples.length > 0 && (
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

/** What stands in the way, and what to do. */
function noteOf(now: {
  tooLong: number | null;
  empty: boolean;
  state: string;
  problem: Refusal | null;
}): string | null {
  if (now.tooLong !== null) return words.tooLong(now.tooLong);
  if (now.empty) return words.empty;
  if (now.state === "unreachable") return words.unreachable;
  return now.problem === null ? null : words.refused(refusalText(now.problem));
}

/** Said before anything is asked: what goes to whom. */
function Leaving({ what }: { what: ReturnType<typeof leaving> }) {
  return <p className={styles.leaves}>{what.length === 0 ? words.leavesNothing : words.leaves(what)}</p>;
}
