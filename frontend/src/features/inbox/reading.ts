import { type RefObject, useEffect, useState } from "react";

/** Scrolled further than this, the top of the list is not what somebody looks at. */
const SCROLLED_PX = 24;
/** A pointer that rests on the list is about to click for so long; after that it only lies there. */
const POINTING_MS = 3_000;

/** Whether somebody is at work in `area`: it was scrolled, a key has led into it, or the pointer moves over it. */
export function useReading(area: RefObject<HTMLElement | null>): boolean {
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    let pointedAt = 0;
    // A row that was clicked keeps the focus, although nobody goes through the list.
    let byKey = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const pointing = Date.now() - pointedAt < POINTING_MS;
      const going = byKey && element.contains(document.activeElement);
      setReading(pointing || going || window.scrollY > SCROLLED_PX);
    };
    const onMove = (event: PointerEvent): void => {
      if (event.pointerType !== "mouse") return;
      pointedAt = Date.now();
      clearTimeout(timer);
      timer = setTimeout(look, POINTING_MS + 20);
      look();
    };
    const onLeave = (): void => {
      pointedAt = 0;
      look();
    };
    // Where the focus goes is known only after it has left.
    const onBlur = (): void => queueMicrotask(look);
    const listening = new AbortController();
    const options = { signal: listening.signal, passive: true };
    const onKey = (): void => {
      byKey = true;
    };
    const onPress = (): void => {
      byKey = false;
    };
    window.addEventListener("scroll", look, options);
    window.addEventListener("keydown", onKey, { ...options, capture: true });
    window.addEventListener("pointerdown", onPress, { ...options, capture: true });
    element.addEventListener("focusin", look, options);
    element.addEventListener("focusout", onBlur, options);
    element.addEventListener("pointermove", onMove, options);
    element.addEventListener("pointerleave", onLeave, options);
    look();
    return () => {
      listening.abort();
      clearTimeout(timer);
    };
  }, [area]);
  return reading;
}
