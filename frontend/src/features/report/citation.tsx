import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Report, Sentence } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./citation.module.css";
import { QuotePreview, usePreview } from "./preview";
import { QuotePanel } from "./quote-panel";

/**
 * A sentence and the numbers behind it. A pointer over a number, or the keyboard's focus on it, shows its quote; a
 * click or a tap opens all that the sentence rests on in place, one source at a time.
 */
export function Cited({ report, runId, sentence }: { report: Report; runId: string; sentence: Sentence }) {
  const [open, setOpen] = useState<number | null>(null);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const { preview, show, stay, leave, hide } = usePreview();
  const id = useId();
  const { text } = sentence;
  const sources = report.sources.filter((source) => sentence.citations.includes(source.n));
  const lastWord = text.search(/\S*\s*$/);
  const shown = sources.find((source) => source.n === open);

  const close = (): void => {
    if (open === null) return;
    buttons.current.get(open)?.focus();
    setOpen(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || (open === null && preview === null)) return;
    event.stopPropagation();
    hide();
    close();
  };

  return (
    // The keys are those of the buttons and links inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is within
    <span onKeyDown={onKeyDown}>
      {text.slice(0, lastWord)}
      <span className={styles.together}>
        {text.slice(lastWord)}
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
              aria-describedby={preview?.source === source ? `${id}-preview` : undefined}
              onPointerEnter={(event) => {
                // A finger leaves nothing to point with: its tap opens the quote.
                if (event.pointerType === "mouse" && open !== source.n) show(source, event.currentTarget);
              }}
              onPointerLeave={leave}
              onFocus={(event) => {
                if (event.currentTarget.matches(":focus-visible") && open !== source.n)
                  show(source, event.currentTarget);
              }}
              onBlur={hide}
              onClick={() => {
                hide();
                setOpen(open === source.n ? null : source.n);
              }}
            >
              <span className={styles.bracket}>[</span>
              {source.n}
              <span className={styles.bracket}>]</span>
            </button>
          ))}
        </sup>
      </span>
      {preview !== null && (
        <QuotePreview id={`${id}-preview`} preview={preview} sentence={sentence} onEnter={stay} onLeave={leave} />
      )}
      {shown !== undefined && (
        <QuotePanel
          id={`${id}-${shown.n}`}
          source={shown}
          sentence={sentence}
          report={report}
          runId={runId}
          onClose={close}
        />
      )}
    </span>
  );
}
