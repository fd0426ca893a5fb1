import { type ReactNode, useState } from "react";
import { MarkedText } from "@/components/marked-text";
import { splitPassage } from "@/components/passage";
import { SourceName } from "@/components/source-name";
import type { Quote, Source } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./finding.module.css";

/** Characters shown on either side of the marked sentence before the reader asks for all. */
const AROUND = 180;

/** A verbatim passage with its marked sentence, and where it stands. */
export function QuoteBlock({
  quote,
  source,
  children,
}: {
  quote: Quote;
  source: Source | undefined;
  children: ReactNode;
}) {
  const [whole, setWhole] = useState(false);
  const short = splitPassage(quote.text, quote.marked, AROUND);
  return (
    <>
      <blockquote className={styles.quote} dir="auto">
        <MarkedText passage={whole ? splitPassage(quote.text, quote.marked) : short} />
      </blockquote>
      <p className={styles.source}>
        {children}
        <span className={styles.place}>
          {source === undefined ? quote.source : <SourceName title={source.title} uri={source.uri} />}
          {quote.place.heading !== null && quote.place.heading !== source?.title && (
            <span dir="auto"> › {quote.place.heading}</span>
          )}
          {quote.place.page !== null && `, ${words.page(quote.place.page)}`}
        </span>
        {short.cut && (
          <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? words.lessPassage : words.wholePassage}
          </button>
        )}
      </p>
    </>
  );
}
