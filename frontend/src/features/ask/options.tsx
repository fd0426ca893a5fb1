import { useEffect, useId, useState } from "react";
import type { Info } from "@/protocol";
import { type Choice, chosenSources } from "@/state/ask";
import { reviewersOf } from "@/state/reviewers";
import { asking as words } from "@/strings";
import { Checks, Choices } from "./choices";
import styles from "./options.module.css";
import { Reviewers } from "./reviewers";

/** What else can be chosen, folded into a line that says what is chosen. */
export function Options({
  info,
  choice,
  onChange,
}: {
  info: Info | null;
  choice: Choice;
  onChange: (choice: Choice) => void;
}) {
  const id = useId();
  const [asked, setAsked] = useState(false);
  // What an address has chosen is shown.
  const named = choice.workflow !== null;
  useEffect(() => {
    if (named) setAsked(true);
  }, [named]);
  return (
    <>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={asked}
        aria-controls={id}
        onClick={() => setAsked(!asked)}
      >
        <svg width="10" height="10" viewBox="0 0 10 10" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M3 1.5 7 5 3 8.5" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
        {words.options}
        {info !== null && <span className={styles.chosen}>{chosenOf(info, choice).join(" · ")}</span>}
      </button>
      <div id={id} className={styles.options} hidden={!asked}>
        {info !== null && (
          <>
            <Choices info={info} choice={choice} onChange={onChange} />
            <Checks info={info} choice={choice} onChange={onChange} />
            <Reviewers info={info} choice={choice} onChange={onChange} />
          </>
        )}
      </div>
    </>
  );
}

function chosenOf(info: Info, choice: Choice): string[] {
  const flow = info.workflows.find((each) => each.name === choice.workflow);
  const asked = reviewersOf(info, choice);
  const decided = asked.length === 0 ? [] : [words.decidedBy(asked)];
  if (flow !== undefined) return [flow.title, ...decided];
  const on = chosenSources(info, choice);
  const sources = info.sources.filter((source) => on.includes(source.name)).map((source) => source.title);
  return [
    sources.length === 0 ? words.noSources : sources.join(", "),
    words.writtenBy(choice.writer ?? info.writer),
    ...(choice.reviewReport ? [words.textShown] : []),
    ...(choice.judge ? [words.judged] : []),
    ...decided,
  ];
}
