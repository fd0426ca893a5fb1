import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import type { Mark, Report, Sentence } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./citation.module.css";
import { QuotePreview, usePreview } from "./preview";
import { QuotePanel } from "./quote-panel";

export interface Unit {
  report: Report;
  runId: string;
  sentence: Sentence;
}

interface Citations {
  /** A button for each source that the unit cites. */
  numbers: ReactNode;
  /** The quote under the pointer or the keyboard's focus. */
  preview: ReactNode;
  /** All that the unit rests on in the source that was opened. */
  panel: ReactNode;
  /** Escape closes what is open, from wherever the focus is within. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The numbers behind a unit. A pointer over a number, or the keyboard's focus on it, shows its quote; a click or a tap
 * opens all that the unit rests on in place, one source at a time.
 */
export function useCitations({ report, runId, sentence }: Unit): Citations {
  const [open, setOpen] = useState<number | null>(null);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const { preview, show, stay, leave, hide } = usePreview();
  const id = useId();
  const sources = report.sources.filter((source) => sentence.citations.includes(source.n));
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

  return {
    numbers: sources.length > 0 && (
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
            aria-label={`[${source.n}] ${words.citation(source.title, sentence.mark)}`}
            aria-describedby={preview?.source === source ? `${id}-preview` : undefined}
            onPointerEnter={(event) => {
              // A finger leaves nothing to point with: its tap opens the quote.
              if (event.pointerType === "mouse" && open !== source.n) show(source, event.currentTarget);
            }}
            onPointerLeave={leave}
            onFocus={(event) => {
              if (event.currentTarget.matches(":focus-visible") && open !== source.n) show(source, event.currentTarget);
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
    ),
    preview: preview !== null && (
      <QuotePreview id={`${id}-preview`} preview={preview} sentence={sentence} onEnter={stay} onLeave={leave} />
    ),
    panel: shown !== undefined && (
      <QuotePanel
        id={`${id}-${shown.n}`}
        source={shown}
        sentence={sentence}
        report={report}
        runId={runId}
        onClose={close}
      />
    ),
    onKeyDown,
  };
}

/** A unit's text with its numbers, which stay with its last word. */
export function Numbered({ text, mark, numbers }: { text: string; mark: Mark | null; numbers: ReactNode }) {
  const lastWord = text.search(/\S*\s*$/);
  return (
    <>
      <Marked mark={mark}>{text.slice(0, lastWord)}</Marked>
      <span className={styles.together}>
        <Marked mark={mark}>{text.slice(lastWord)}</Marked>
        {numbers}
      </span>
    </>
  );
}

/** A text that says how it stands to its quotes. */
export function Marked({ mark, children }: { mark: Mark | null; children: string }) {
  if (mark === null || children === "") return children;
  return (
    <span data-mark={mark} title={words.marks[mark]}>
      {children}
    </span>
  );
}

/** A sentence, or an item of a list, with the numbers behind it. */
export function Cited(unit: Unit) {
  const { numbers, preview, panel, onKeyDown } = useCitations(unit);
  return (
    // The keys are those of the buttons and links inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is within
    <span onKeyDown={onKeyDown}>
      <Numbered text={unit.sentence.text} mark={unit.sentence.mark} numbers={numbers} />
      {preview}
      {panel}
    </span>
  );
}
