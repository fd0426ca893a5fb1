import { documentDate } from "@/components/clock";
import { Evidence } from "@/components/evidence";
import { InContext } from "@/components/in-context";
import { SourceName } from "@/components/source-name";
import { Copies, placeText } from "@/components/source-place";
import type { ReportSource } from "@/protocol";
import { reportText as words } from "@/strings";
import { evidenceOf } from "./basis";
import cited from "./citation.module.css";
import styles from "./sources.module.css";

/** The numbered sources with every passage that was approved. */
export function Sources({ sources, runId }: { sources: ReportSource[]; runId: string }) {
  if (sources.length === 0) return null;
  return (
    <>
      <h2 id="sources">{words.sources}</h2>
      <ol className={styles.sources}>
        {sources.map((source) => (
          <li key={source.n} id={`source-${source.n}`} value={source.n}>
            <SourceName title={source.title} uri={source.uri} />
            <small dir="auto">{originOf(source)}</small>
            <Copies copies={source.copies} />
            {evidenceOf(source).map((quote) => (
              <div key={`${quote.place.offset} ${quote.text}`}>
                <blockquote dir="auto">
                  <Evidence quote={quote} around={120} />
                </blockquote>
                <p className={`${cited.origin} ${styles.origin}`}>
                  <span dir="auto">{placeText(source.title, quote.place)}</span>
                  <InContext runId={runId} quote={{ ...quote, source: source.id }} title={source.title} findings={[]} />
                </p>
              </div>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

function originOf({ uri, title, date }: ReportSource): string {
  return [...(uri === title ? [] : [uri]), ...(date === null ? [] : [documentDate(date)])].join(" · ");
}
