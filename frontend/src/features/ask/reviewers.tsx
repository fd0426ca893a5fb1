import type { Info } from "@/protocol";
import type { Choice } from "@/state/ask";
import { useNames } from "@/state/hooks";
import { othersOf, reviewersOf, withReviewers } from "@/state/reviewers";
import { asking as words } from "@/strings";
import styles from "./options.module.css";

/** Who is asked to decide; not there where nobody signs in, for there nobody can be asked in particular. */
export function Reviewers({
  info,
  choice,
  onChange,
}: {
  info: Info;
  choice: Choice;
  onChange: (choice: Choice) => void;
}) {
  const names = useNames();
  if (names === null) return null;
  const asked = reviewersOf(info, choice);
  const others = othersOf(names, asked);
  const ask = (named: string[]): void => onChange(withReviewers(info, choice, named));
  return (
    <fieldset className={styles.reviewers}>
      <legend className="sr">{words.reviewers}</legend>
      <span aria-hidden="true">{words.reviewers}</span>
      {asked.length === 0 && <span className={styles.anybody}>{words.anybody}</span>}
      {asked.map((name) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-label={words.dropReviewer(name)}
          onClick={() => ask(asked.filter((each) => each !== name))}
        >
          {name} <span aria-hidden="true">×</span>
        </button>
      ))}
      {others.groups.length + others.people.length > 0 && (
        <span className={`chip ${styles.select}`}>
          <select aria-label={words.addReviewer} value="" onChange={(event) => ask([...asked, event.target.value])}>
            <option value="">{words.addReviewer}</option>
            <Group label={words.groups} names={others.groups} />
            <Group label={words.people} names={others.people} />
          </select>
        </span>
      )}
    </fieldset>
  );
}

function Group({ label, names }: { label: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
