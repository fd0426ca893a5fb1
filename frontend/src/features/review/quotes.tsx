import { useId, useState } from "react";
import type { Finding, Source } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./quote.module.css";
import { QuoteBlock } from "./quote-block";

/** The best quote; those of other sources that say the same unfold. */
export function Quotes({ finding, sources, runId }: { finding: Finding; sources: Source[]; runId: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const blocks = finding.quotes.map((quote, index) => (
    <QuoteBlock
      // A finding's quotes never change their order.
      // biome-ignore lint/suspicious/noArrayIndexKey: they have no ids of their own
      key={index}
      quote={quote}
      source={sources.find((source) => source.id === quote.source)}
      finding={finding.id}
      runId={runId}
    />
  ));
  const [best, ...others] = blocks;
  return (
    <>
      {best}
      {others.length > 0 && (
        <>
          <button
            type="button"
            className={`link ${styles.others}`}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {open ? words.bestOnly : words.others(others.length)}
          </button>
          <div id={id}>{open && others}</div>
        </>
      )}
    </>
  );
}
