import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useUnitTools } from "@/components/unit-tools";
import type { Mark, Report, Sentence } from "@/protocol";
import { useDoubts } from "@/state/hooks";
import { markOf, marksText, reportText as words } from "@/strings";
import styles from "./citation.module.css";
import { MarkNote } from "./mark-note";
import { MarkSign } from "./mark-sign";
import { QuotePreview, usePreview } from "./preview";
import { QuotePanel } from "./quote-panel";
import { labelOf, readingOf } from "./reading";
import { useSheet } from "./sheet";

export interface Unit {
  report: Report;
  runId: string;
  sentence: Sentence;
}

interface Citations {
  /** A button for each source that the unit cites, after that of its mark where its wording is not its quote's. */
  numbers: ReactNode;
  /** The quote under the pointer or the keyboard's focus. */
  preview: ReactNode;
  /** All that the unit rests on in the source that was opened, or what its mark means. */
  panel: ReactNode;
  /** For what the unit stands in: its name in an address, and Escape, which closes what is open from within. */
  unit: { id: string | undefined; "data-unit": true; onKeyDown: (event: KeyboardEvent) => void };
}

/** The number of a source, or what is said of the wording. */
type Opened = number | "mark";
/** Whoever reads these reads the quote itself. */
const OF_THE_QUOTE: string[] = ["quoted", "same"];

/**
 * The numbers behind a unit. A pointer over a number, or the keyboard's focus on it, shows its quote; a click or a tap
 * opens all that the unit rests on in place, one source at a time.
 */
export function useCitations({ report, runId, sentence }: Unit): Citations {
  const [open, setOpen] = useState<Opened | null>(null);
  const buttons = useRef(new Map<Opened, HTMLButtonElement>());
  const { preview, show, stay, leave, hide } = usePreview();
  const id = useId();
  const sources = report.sources.filter((source) => sentence.citations.includes(source.n));
  const shown = sources.find((source) => source.n === open);
  const unitId = readingOf(report).ids.get(sentence);
  const tools = useUnitTools(sentence);

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
  const doubts = useDoubts();
  useSheet(
    open === null ? null : `${id}-${open}`,
    () => (open === null ? null : unitAround(buttons.current.get(open))),
    () => setOpen(null),
  );
  const opens = (what: Opened) => ({
    type: "button" as const,
    ref: (button: HTMLButtonElement | null): void => {
      if (button === null) buttons.current.delete(what);
      else buttons.current.set(what, button);
    },
    "aria-expanded": open === what,
    "aria-controls": `${id}-${what}`,
    onClick: (): void => {
      hide();
      setOpen(open === what ? null : what);
    },
  });

  const original = sentence.original !== "" && (
    <span className={styles.original}>
      {" "}
      ({marksText.translation(sentence.judged)} “<span dir="auto">{sentence.original}</span>”)
    </span>
  );
  const sup = (sources.length > 0 || isSigned(sentence)) && (
    <sup className={styles.numbers}>
      {isSigned(sentence) && (
        <button
          {...opens("mark")}
          className={styles.mark}
          aria-label={marksText.about(markOf(sentence, doubts))}
          title={markOf(sentence, doubts)}
        >
          <MarkSign mark={sentence.mark} />
        </button>
      )}
      {sources.map((source) => (
        <button
          key={source.n}
          {...opens(source.n)}
          aria-label={`[${labelOf(report, source, sentence)}] ${words.citation(source.title, sentence, doubts)}`}
          aria-describedby={preview?.source === source ? `${id}-preview` : undefined}
          onPointerEnter={(event) => {
            // A finger leaves nothing to point with: its tap opens the quote.
            if (event.pointerType === "mouse" && open !== source.n) show(source, unitAround(event.currentTarget));
          }}
          onPointerLeave={leave}
          onFocus={({ currentTarget }) => {
            if (currentTarget.matches(":focus-visible") && open !== source.n) show(source, unitAround(currentTarget));
          }}
          onBlur={hide}
        >
          <span className={styles.bracket}>[</span>
          {labelOf(report, source, sentence)}
          <span className={styles.bracket}>]</span>
        </button>
      ))}
    </sup>
  );
  return {
    numbers: (
      <>
        {sup}
        {original}
        {tools}
      </>
    ),
    preview: preview !== null && (
      <QuotePreview id={`${id}-preview`} preview={preview} sentence={sentence} onEnter={stay} onLeave={leave} />
    ),
    panel:
      shown !== undefined ? (
        <QuotePanel
          id={`${id}-${shown.n}`}
          source={shown}
          sentence={sentence}
          report={report}
          runId={runId}
          onClose={close}
        />
      ) : (
        open === "mark" && <MarkNote id={`${id}-mark`} sentence={sentence} onClose={close} />
      ),
    unit: { id: unitId, "data-unit": true, onKeyDown },
  };
}

/** Whether a unit's wording is not its quote's, which is said beside it. */
function isSigned(sentence: Sentence): sentence is Sentence & { mark: Mark } {
  return sentence.mark !== null && !OF_THE_QUOTE.includes(sentence.mark);
}

function unitAround(button: Element | undefined): Element | null {
  return button?.closest("[data-unit]") ?? null;
}

/** A unit's text with its numbers, which stay with its last word. */
export function Numbered({ text, numbers }: { text: string; numbers: ReactNode }) {
  const lastWord = text.search(/\S*\s*$/);
  return (
    <>
      {text.slice(0, lastWord)}
      <span className={styles.together}>
        {text.slice(lastWord)}
        {numbers}
      </span>
    </>
  );
}

/** A sentence, or an item of a list, with the numbers behind it. */
export function Cited(cited: Unit) {
  const { numbers, preview, panel, unit } = useCitations(cited);
  return (
    // The keys are those of the buttons and links inside.
    <span {...unit}>
      <Numbered text={cited.sentence.text} numbers={numbers} />
      {preview}
      {panel}
    </span>
  );
}
