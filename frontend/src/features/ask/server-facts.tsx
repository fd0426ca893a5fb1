import type { Info } from "@/protocol";
import type { InfoView } from "@/state/info";
import { header as words } from "@/strings";
import styles from "./ask.module.css";

/** What this server searches and who writes, in one line. */
export function ServerFacts({ view }: { view: InfoView }) {
  return <span className={styles.facts}>{view.info === null ? "" : factsOf(view.info).join("  ·  ")}</span>;
}

function factsOf(info: Info): string[] {
  const sources = info.sources.map((source) => {
    if (!source.ready) return words.offline(source.title);
    return source.documents === null ? source.title : words.documents(source.documents, source.sample);
  });
  const writer = info.writers.find((each) => each.name === info.writer);
  return [...sources, writer === undefined ? words.noWriter : `${writer.model ?? writer.name} writer`];
}
