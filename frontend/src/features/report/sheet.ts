import { useLayoutEffect } from "react";

/** Left free above a sentence, in pixels. */
const AIR = 16;

let closeOther: (() => void) | null = null;

/**
 * On a narrow screen what opens is a sheet at the lower edge of the window (the style sheet says when): the one before
 * closes, and the text that it is about is moved to where it can be read.
 */
export function useSheet(id: string | null, unit: () => Element | null, close: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that opens
  useLayoutEffect(() => {
    const sheet = id === null ? null : document.getElementById(id);
    if (sheet === null || getComputedStyle(sheet).position !== "fixed") return;
    closeOther?.();
    closeOther = close;
    const text = unit()?.getBoundingClientRect();
    const room = sheet.getBoundingClientRect().top;
    if (text !== undefined && (text.bottom > room || text.top < 0)) {
      // Of a text that is higher than the room, its end: there is the number that was tapped.
      window.scrollBy({ top: Math.max(text.bottom - room + AIR, Math.min(text.top - AIR, 0)) });
    }
    // What leads elsewhere on the page leads out of the sheet, which would stand over it.
    const onClick = ({ target }: MouseEvent): void => {
      if (target instanceof Element && target.closest('a[href^="#"]') !== null) close();
    };
    sheet.addEventListener("click", onClick);
    return () => {
      sheet.removeEventListener("click", onClick);
      if (closeOther === close) closeOther = null;
    };
  }, [id]);
}
