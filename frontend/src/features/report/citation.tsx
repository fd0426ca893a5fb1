import { type KeyboardEvent, useId, useRef, useState } from "react";
import { MarkedText } from "@/components/marked-text";
import { splitPassage } from "@/components/passage";
import { SourceName } from "@/components/source-name";
import type { ReportSource } from "@/protocol";
import { reportText as words } from "@/strings";
import { bestQuote } from "./evidence";
import styles from "./report.module.css";

/** A sentence and the numbers behind it; each opens its quote in place, one at a time. */
export function Cited({ sources, sentence }: { sources: ReportSource[]; sentence: string }) {
  const [open, setOpen] = useState<number | null>(null);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const id = useId();
  const lastWord = sentence.search(/\S*\s*$/);
  const shown = sources.find((source) => source.n === open);

  const close = (): void => {
    if (open === null) return;
    buttons.current.get(open)?.focus();
    setOpen(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || open === null) return;
    event.stopPropagation();
    close();
  };

  return (
    // The keys are those of the buttons and links inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is within
    <span onKeyDown={onKeyDown}>
      {sentence.slice(0, lastWord)}
      <span className={styles.together}>
        {sentence.slice(lastWord)}
        <sup className={styles.numbers}>
          {sources.map((source) => (
            <button
              key={source.n}
              type="button"
              ref={(button) => {
                if (button === null) buttons.current.delete(source.n);
                else buttons.current.set(source.n, button);
              }}
              aria-expanded={open === source.n}
              aria-controls={`${id}-${source.n}`}
              aria-label={`[${source.n}] ${words.citation(source.title)}`}
              onClick={() => setOpen(open === source.n ? null : source.n)}
            >
              <span className={styles.bracket}>[</span>
              {source.n}
              <span className={styles.bracket}>]</span>
            </button>
          ))}
        </sup>
      </span>
      {shown !== undefined && <Panel id={`${id}-${shown.n}`} source={shown} sentence={sentence} onClose={close} />}
    </span>
  );
}

/** The evidence itself: the approved passage with its sentence marked. Spans, since it opens inside a paragraph. */
function Panel({
  id,
  source,
  sentence,
  onClose,
}: {
  id: string;
  source: ReportSource;
  sentence: string;
  onClose: () => void;
}) {
  const quote = bestQuote(source, sentence);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a paragraph
    <span id={id} role="group" aria-label={words.quoteFrom(source.title)} className={styles.panel}>
      <q className={styles.quote} dir="auto">
        <MarkedText passage={splitPassage(quote.text, quote.marked)} />
      </q>
      <span className={styles.origin}>
        <span>
          [{source.n}] <SourceName title={source.title} uri={source.uri} />
          {quote.place.heading !== null && ` › ${quote.place.heading}`}
        </span>
        <button type="button" className="link" onClick={onClose}>
          {words.closeQuote}
        </button>
      </span>
    </span>
  );
}
