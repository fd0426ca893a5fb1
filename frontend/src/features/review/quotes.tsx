import { type ReactNode, useId, useState } from "react";
import { Evidence } from "@/components/evidence";
import { InContext } from "@/components/in-context";
import { statementOf } from "@/components/passage";
import { Copies, SourcePlace } from "@/components/source-place";
import type { Finding, Quote, Source } from "@/protocol";
import { sortingText, reviewText as words } from "@/strings";
import card from "./finding.module.css";
import styles from "./quote.module.css";
import { QuoteBlock } from "./quote-block";

interface QuotesProps {
  finding: Finding;
  sources: Source[];
  runId: string;
  /** Whether the claim above says what the best quote marks. */
  said: boolean;
  /** Further facts, in the same line. */
  children?: ReactNode;
}

/** Where a claim stands, in a line; the quote that it does not repeat, and, unfolded, the passage and further sources. */
export function Quotes({ finding, sources, runId, said, children }: QuotesProps) {
  const [whole, setWhole] = useState(false);
  const [more, setMore] = useState(false);
  const id = useId();
  const [best, ...others] = finding.quotes;
  if (best === undefined) return <p className={card.facts}>{children}</p>;
  const source = sources.find((each) => each.id === best.source);
  const marked = statementOf(best);
  const unfolds = said || marked.text !== best.text || (source?.copies.length ?? 0) > 0;
  const labels = said ? [sortingText.quote, sortingText.hideQuote] : [words.wholePassage, words.lessPassage];
  return (
    <>
      <div id={`${id}-best`}>
        {(whole || !said) && (
          <blockquote className={styles.quote} dir="auto">
            <Evidence quote={whole ? best : marked} />
          </blockquote>
        )}
        {whole && <Copies copies={source?.copies ?? []} />}
      </div>
      <div className={card.facts}>
        {children}
        <span className={card.where}>
          {source === undefined ? best.source : <SourcePlace source={source} place={best.place} among={sources} />}
        </span>
        {unfolds && (
          <Toggle open={whole} controls={`${id}-best`} onToggle={setWhole}>
            {labels[Number(whole)]}
          </Toggle>
        )}
        <InContext runId={runId} quote={best} title={source?.title ?? best.source} findings={[finding.id]} />
        {others.length > 0 && (
          <Toggle open={more} controls={`${id}-others`} onToggle={setMore}>
            {more ? words.bestOnly : words.others(others.length)}
          </Toggle>
        )}
      </div>
      <div id={`${id}-others`}>
        {more && <Others quotes={others} sources={sources} finding={finding.id} runId={runId} />}
      </div>
    </>
  );
}

/* A finding's quotes never change their order. */
function Others({ quotes, sources, ...of }: { quotes: Quote[]; sources: Source[]; finding: string; runId: string }) {
  return quotes.map((quote, index) => (
    <QuoteBlock
      // biome-ignore lint/suspicious/noArrayIndexKey: they have no ids of their own
      key={index}
      quote={quote}
      sources={sources}
      {...of}
    />
  ));
}

function Toggle({
  open,
  controls,
  onToggle,
  children,
}: {
  open: boolean;
  controls: string;
  onToggle: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="link"
      aria-expanded={open}
      aria-controls={controls}
      onClick={() => onToggle(!open)}
    >
      {children}
    </button>
  );
}
