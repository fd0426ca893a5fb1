import { useState } from "react";
import { Evidence } from "@/components/evidence";
import { InContext } from "@/components/in-context";
import { splitPassage } from "@/components/passage";
import { Copies, SourcePlace } from "@/components/source-place";
import type { Quote, Source } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./quote.module.css";

/** Characters shown on either side of the marked sentence before the reader asks for all. */
const AROUND = 180;

/** A verbatim passage with its marked sentence, and where it stands. */
export function QuoteBlock({
  quote,
  sources,
  finding,
  runId,
}: {
  quote: Quote;
  sources: Source[];
  /** Id of the finding that it belongs to. */
  finding: string;
  runId: string;
}) {
  const [whole, setWhole] = useState(false);
  const source = sources.find((each) => each.id === quote.source);
  const { cut } = splitPassage(quote.text, quote.marked, AROUND);
  return (
    <>
      <blockquote className={styles.quote} dir="auto">
        {whole ? <Evidence quote={quote} /> : <Evidence quote={quote} around={AROUND} />}
      </blockquote>
      <p className={styles.source}>
        {source === undefined ? (
          <span className={styles.place}>{quote.source}</span>
        ) : (
          <SourcePlace source={source} place={quote.place} among={sources} />
        )}
        {cut && (
          <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? words.lessPassage : words.wholePassage}
          </button>
        )}
        <InContext runId={runId} quote={quote} title={source?.title ?? quote.source} findings={[finding]} />
      </p>
      {source !== undefined && <Copies copies={source.copies} />}
    </>
  );
}
