import type { Info, SourceInfo } from "@/protocol";
import { type Choice, canJudge, chosenSources, judgeOf, toggleSource } from "@/state/ask";
import { asking as words } from "@/strings";
import styles from "./options.module.css";

/** Where to search and who writes. Untouched, the server decides. */
export function Choices({
  info,
  choice,
  onChange,
}: {
  info: Info;
  choice: Choice;
  onChange: (choice: Choice) => void;
}) {
  const on = chosenSources(info, choice);
  return (
    <>
      {choice.workflow === null && (
        <>
          <fieldset className={styles.sources}>
            <legend className="sr">{words.sources}</legend>
            {info.sources.map((source) => (
              <SourceChip
                key={source.name}
                source={source}
                on={on.includes(source.name)}
                onToggle={() => onChange(toggleSource(info, choice, source.name))}
              />
            ))}
          </fieldset>
          <Select
            label={words.writer}
            value={choice.writer ?? info.writer}
            options={info.writers.map((writer) => ({
              value: writer.name,
              text: writer.model === null ? writer.name : `${writer.name}, ${writer.model}`,
              ready: writer.ready,
              why: writer.why,
            }))}
            onChange={(value) => onChange({ ...choice, writer: value === info.writer ? null : value })}
          />
        </>
      )}
      {info.workflows.length > 1 && (
        <Select
          label={words.workflow}
          value={choice.workflow ?? "report"}
          options={info.workflows.map((flow) => ({ value: flow.name, text: flow.title, ready: true, why: "" }))}
          onChange={(value) => onChange({ ...choice, workflow: value === "report" ? null : value })}
        />
      )}
    </>
  );
}

/** What else a report may ask for. */
export function Checks({ info, choice, onChange }: { info: Info; choice: Choice; onChange: (choice: Choice) => void }) {
  if (choice.workflow !== null) return null;
  return (
    <fieldset className={styles.checks}>
      <legend className="sr">{words.options}</legend>
      <label>
        <input
          type="checkbox"
          checked={choice.reviewReport}
          onChange={(event) => onChange({ ...choice, reviewReport: event.target.checked })}
        />
        {words.reviewReport}
      </label>
      {canJudge(info) && (
        <label>
          <input
            type="checkbox"
            checked={choice.judge}
            onChange={(event) => onChange({ ...choice, judge: event.target.checked })}
          />
          {words.judge(judgeOf(info))}
        </label>
      )}
    </fieldset>
  );
}

function SourceChip({ source, on, onToggle }: { source: SourceInfo; on: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={on}
      disabled={!source.ready}
      title={source.why}
      onClick={onToggle}
    >
      {source.title}
    </button>
  );
}

interface Option {
  value: string;
  text: string;
  ready: boolean;
  why: string;
}

function Select({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}) {
  if (options.length < 2) return options[0] ? <span className="chip">{`${label}: ${options[0].text}`}</span> : null;
  return (
    <label className={`chip ${styles.select}`}>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={!option.ready} title={option.why}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
