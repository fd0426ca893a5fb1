import { useId } from "react";
import type { Finding, Source } from "@/protocol";
import { reviewText as words } from "@/strings";
import styles from "./finding.module.css";
import { QuoteBlock } from "./quote-block";

/** A claim with its evidence, and whether it is kept. */
export function FindingCard({
  finding,
  sources,
  kept,
  onToggle,
}: {
  finding: Finding;
  sources: Source[];
  kept: boolean;
  onToggle: () => void;
}) {
  const id = useId();
  return (
    <article className={`${styles.finding} ${kept ? "" : styles.dropped}`}>
      <input id={id} className={styles.box} type="checkbox" checked={kept} onChange={onToggle} />
      <div className={styles.body}>
        <h3 dir="auto">
          <label htmlFor={id}>{kept ? finding.claim : <s>{finding.claim}</s>}</label>
        </h3>
        {finding.quotes.map((quote, index) => (
          <QuoteBlock
            // A finding's quotes never change their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no ids of their own
            key={index}
            quote={quote}
            source={sources.find((source) => source.id === quote.source)}
          >
            {index === 0 && <State finding={finding} kept={kept} />}
          </QuoteBlock>
        ))}
      </div>
    </article>
  );
}

function State({ finding, kept }: { finding: Finding; kept: boolean }) {
  if (!kept) return <span>{words.dropped}</span>;
  if (finding.state === "new") return <span className={styles.new}>{words.fresh}</span>;
  return <span>{words.kept(finding.round)}</span>;
}
