import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So near the end a reader is at the end, in pixels. */
const NEAR_PX = 24;

/**
 * Keeps the end of a scrolled area in sight while it grows, unless the reader has scrolled away from it.
 *
 * @returns whether there is anything to scroll, for which a keyboard needs a way in
 */
export function useAtEnd(area: RefObject<HTMLElement | null>, content: unknown): boolean {
  const atEnd = useRef(true);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const look = (): void => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [area]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has grown is the content
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    setScrolls(element.scrollHeight > element.clientHeight + 1);
  }, [area, content]);
  return scrolls;
}
