import { type FormEvent, useEffect, useId, useState } from "react";
import type { RunState } from "@/protocol";
import { forgetProblem, startRevision } from "@/state/ask";
import { useAsking, useName } from "@/state/hooks";
import { refusalText, reviseText as words } from "@/strings";
import styles from "./revise.module.css";

/** Asks for the report again, from the same evidence, with something changed. */
export function Revise({ run, onStarted }: { run: RunState; onStarted: (runId: string) => void }) {
  const id = useId();
  const [change, setChange] = useState("");
  const [complaint, setComplaint] = useState(false);
  const { state, problem } = useAsking();
  const by = useName();
  // What was refused on the page before is not about this.
  useEffect(() => forgetProblem(), []);
  const empty = change.trim() === "";
  const start = (event: FormEvent): void => {
    event.preventDefault();
    setComplaint(empty);
    if (!empty && state === "idle") startRevision(run, change.trim(), by.trim(), onStarted);
  };
  return (
    <form id="revise" className={styles.revise} onSubmit={start} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.heading}</h2>
      <p id={`${id}-hint`}>{words.hint}</p>
      <label htmlFor={`${id}-change`}>{words.label}</label>
      <textarea
        id={`${id}-change`}
        aria-describedby={`${id}-hint ${id}-note`}
        placeholder={words.placeholder}
        rows={2}
        dir="auto"
        value={change}
        readOnly={state !== "idle"}
        onChange={(event) => setChange(event.target.value)}
      />
      <button type="submit" className="btn" aria-disabled={state !== "idle"}>
        {state === "idle" ? words.start : words.starting}
      </button>
      <p id={`${id}-note`} role="alert" className="alert">
        {state === "unreachable"
          ? words.unreachable
          : complaint && empty
            ? words.empty
            : problem && refusalText(problem)}
      </p>
    </form>
  );
}
