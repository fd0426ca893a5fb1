import { useId } from "react";
import type { Finding, Source } from "@/protocol";
import { quotedFrom } from "@/state/findings";
import { reviewText as words } from "@/strings";
import styles from "./review.module.css";

interface SourceFilterProps {
  findings: Finding[];
  sources: Source[];
  /** Id of the source whose findings are shown; null for all of them. */
  only: string | null;
  onOnly: (source: string | null) => void;
}

/** Shows the findings of one source only. What is hidden counts as before, and that is said. */
export function SourceFilter({ findings, sources, only, onOnly }: SourceFilterProps) {
  const id = useId();
  const choices = sources
    .map((source) => ({ source, shown: quotedFrom(source.id, findings).length }))
    .filter(({ shown }) => shown > 0);
  if (choices.length < 2) return null;
  const shown = choices.find(({ source }) => source.id === only)?.shown;
  return (
    <div className={styles.filter}>
      <label htmlFor={id}>{words.filter}</label>
      <select id={id} value={only ?? ""} onChange={(event) => onOnly(event.target.value || null)}>
        <option value="">{words.allSources(choices.length)}</option>
        {choices.map((choice) => (
          <option key={choice.source.id} value={choice.source.id}>
            {words.filterChoice(choice.source.title, choice.shown)}
          </option>
        ))}
      </select>
      <p aria-live="polite">
        {shown !== undefined && (
          <>
            {words.showing(shown, findings.length)}{" "}
            <button type="button" className="link" onClick={() => onOnly(null)}>
              {words.showAll}
            </button>
          </>
        )}
      </p>
    </div>
  );
}
