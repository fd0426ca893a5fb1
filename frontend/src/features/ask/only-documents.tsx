import { documents as words } from "@/strings";
import styles from "./ask.module.css";

/** The documents that alone are asked, each with a way to leave it out; without the last one all are asked. */
export function OnlyDocuments({
  names,
  onChange,
}: {
  names: readonly string[];
  onChange: (names: string[] | null) => void;
}) {
  const without = (name: string): void => {
    const left = names.filter((each) => each !== name);
    onChange(left.length > 0 ? left : null);
  };
  return (
    <p className={styles.only}>
      {words.only}
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.example}
          aria-label={words.dropOnly(name.replace(/^added\//, ""))}
          onClick={() => without(name)}
        >
          {name.replace(/^added\//, "")} <span aria-hidden="true">×</span>
        </button>
      ))}
    </p>
  );
}
