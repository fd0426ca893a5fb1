import { type RefObject, useEffect } from "react";

/** Share of a card that has to be in view; of one that is higher than the window less must do. */
const WHOLE = 0.6;
/** Pixels at the foot of the window that the decision bar covers. */
const BAR = 150;

/** Tells which findings were in view, once each. */
export function useSeen(root: RefObject<HTMLElement | null>, shown: string, onSeen: (ids: string[]) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown tells when there are other cards to watch
  useEffect(() => {
    if (root.current === null || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.filter((entry) => entry.isIntersecting && entry.intersectionRatio >= WHOLE);
        for (const { target } of seen) observer.unobserve(target);
        const ids = seen.map(({ target }) => (target as HTMLElement).dataset.finding ?? "");
        if (ids.length > 0) onSeen(ids);
      },
      { threshold: [WHOLE], rootMargin: `0px 0px -${BAR}px 0px` },
    );
    for (const card of root.current.querySelectorAll("[data-finding]")) observer.observe(card);
    return () => observer.disconnect();
  }, [root, shown, onSeen]);
}
