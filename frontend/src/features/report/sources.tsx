import { MarkedText } from "@/components/marked-text";
import { splitPassage } from "@/components/passage";
import { SourceName } from "@/components/source-name";
import type { ReportSource } from "@/protocol";
import { reportText as words } from "@/strings";
import { evidenceOf } from "./evidence";
import styles from "./report.module.css";

/** The numbered sources with every passage that was approved. */
export function Sources({ sources }: { sources: ReportSource[] }) {
  if (sources.length === 0) return null;
  return (
    <>
      <h2 id="sources">{words.sources}</h2>
      <ol className={styles.sources}>
        {sources.map((source) => (
          <li key={source.n} value={source.n}>
            <SourceName title={source.title} uri={source.uri} />
            {source.uri !== source.title && <small dir="auto">{source.uri}</small>}
            {evidenceOf(source).map((quote) => (
              <blockquote key={quote.text} dir="auto">
                <MarkedText passage={splitPassage(quote.text, quote.marked, 120)} />
              </blockquote>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}
