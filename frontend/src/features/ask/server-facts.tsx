import type { Info } from "@/protocol";
import type { InfoView } from "@/state/info";
import { header as words } from "@/strings";
import styles from "./ask.module.css";

/** What this server searches and who writes, in one line. */
export function ServerFacts({ view }: { view: InfoView }) {
  return <span className={styles.facts}>{view.info === null ? "" : factsOf(view.info).join("  ·  ")}</span>;
}

/** Files of the sources that are not searched, or with a doubt: a quiet line, and what is wrong with each. */
export function UnsearchedFiles({ view }: { view: InfoView }) {
  const sources = view.info?.sources ?? [];
  const left = sources.reduce((sum, source) => sum + source.not_searched, 0);
  const remarks = sources.flatMap((source) => source.remarks);
  if (left === 0 && remarks.length === 0) return null;
  const kinds = sources.flatMap((source) => Object.entries(source.kinds));
  return (
    <details className={styles.unsearched}>
      <summary>{words.unsearched(left, remarks.filter((each) => each.searched).length)}</summary>
      {kinds.length > 0 && <p>{words.kinds(kinds)}</p>}
      <ul>
        {remarks.map((each) => (
          <li key={`${each.name} ${each.says}`} dir="auto">
            {each.name}: {each.says}
          </li>
        ))}
      </ul>
    </details>
  );
}

function factsOf(info: Info): string[] {
  const sources = info.sources.map((source) => {
    if (!source.ready) return words.offline(source.title);
    return source.documents === null ? source.title : words.documents(source.documents, source.sample);
  });
  const writer = info.writers.find((each) => each.name === info.writer);
  return [...sources, writer === undefined ? words.noWriter : `${writer.model ?? writer.name} writer`];
}
