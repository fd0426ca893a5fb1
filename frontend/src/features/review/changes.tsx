import { Fold } from "@/components/fold";
import type { ReviewData } from "@/protocol";
import { textReviewText as words } from "@/strings";
import styles from "./text.module.css";

/** What is other than in the version before, or that nothing is. */
export function Changes({ version, changes }: Pick<ReviewData, "version" | "changes">) {
  if (version < 2) return null;
  if (changes.length === 0) return <p className={styles.same}>{words.same(version)}</p>;
  return (
    <Fold className={styles.changes} label={words.changed(version, changes.length)}>
      <ul>
        {changes.map(({ unit, was, text }) => (
          <li key={`${unit} ${was}`}>
            {was !== "" && was === text && (
              <p dir="auto">
                <small>{words.moved}</small> {text}
              </p>
            )}
            {was !== "" && was !== text && (
              <p dir="auto">
                <small>{text === "" ? words.gone : words.was}</small> <del>{was}</del>
              </p>
            )}
            {text !== "" && was !== text && (
              <p dir="auto">
                <small>{was === "" ? words.fresh : words.now}</small> <ins>{text}</ins>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
