import { useEffect, useRef, useState } from "react";
import { Evidence } from "@/components/evidence";
import type { ReportSource, Sentence } from "@/protocol";
import { basisOf } from "./basis";
import styles from "./citation.module.css";

/** Characters shown on either side of the marked sentence. */
const AROUND = 100;
/** From the text to the preview; the pointer may cross the gap. */
const GAP = 6;
const WIDTH = 360;
const MARGIN = 16;
/** Room that is enough for any preview. */
const ENOUGH = 280;
/** How long a pointer may be on neither, in milliseconds. */
const CROSSING_MS = 180;

export interface Preview {
  /** The source whose number is pointed at or has the focus. */
  source: ReportSource;
  left: number;
  /** From the top of the window, or from its bottom when there is more room above the text. */
  top?: number;
  bottom?: number;
  maxHeight: number;
}

/** What a number stands for, while it is pointed at or has the keyboard's focus. */
export function usePreview(): {
  preview: Preview | null;
  show: (source: ReportSource, unit: Element | null) => void;
  stay: () => void;
  leave: () => void;
  hide: () => void;
} {
  const [preview, setPreview] = useState<Preview | null>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stay = (): void => clearTimeout(leaving.current);
  const hide = (): void => {
    stay();
    setPreview(null);
  };
  const leave = (): void => {
    stay();
    leaving.current = setTimeout(() => setPreview(null), CROSSING_MS);
  };
  const show = (source: ReportSource, unit: Element | null): void => {
    stay();
    if (unit !== null) setPreview({ source, ...placeBeside([unit.getBoundingClientRect(), ...unit.getClientRects()]) });
  };
  const isShown = preview !== null;
  useEffect(() => {
    if (!isShown) return;
    const onScroll = (): void => setPreview(null);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => window.removeEventListener("scroll", onScroll);
  }, [isShown]);
  useEffect(() => () => clearTimeout(leaving.current), []);
  return { preview, show, stay, leave, hide };
}

/** Below the last line of a text, or above its first: never over a word of it. */
function placeBeside(boxes: DOMRect[]): Omit<Preview, "source"> {
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const end = boxes.findLast((box) => box.bottom === bottom)?.right ?? 0;
  const width = Math.min(WIDTH, window.innerWidth - 2 * MARGIN);
  const left = Math.max(MARGIN, Math.min(end - width / 2, window.innerWidth - width - MARGIN));
  const below = window.innerHeight - bottom - 2 * GAP;
  const above = top - 2 * GAP;
  if (below >= ENOUGH || below >= above) return { left, top: bottom + GAP, maxHeight: below };
  return { left, bottom: window.innerHeight - top + GAP, maxHeight: above };
}

interface QuotePreviewProps {
  id: string;
  preview: Preview;
  sentence: Sentence;
  onEnter: () => void;
  onLeave: () => void;
}

/** The closest quote, over the text and in the way of nothing. */
export function QuotePreview({ id, preview, sentence, onEnter, onLeave }: QuotePreviewProps) {
  const { source, ...place } = preview;
  const [quote] = basisOf(source, sentence).quotes;
  if (quote === undefined) return null;
  return (
    <span
      id={id}
      role="tooltip"
      className={styles.preview}
      style={place}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      <q className={styles.quote} dir="auto">
        <Evidence quote={quote} around={AROUND} />
      </q>
      <span className={styles.origin} dir="auto">
        {source.title}
      </span>
    </span>
  );
}
