/** What tells a page that its socket may have died meanwhile, or that it can come back. */
export interface Waking {
  /** The page is shown again, out of the background or the browser's store of earlier pages. */
  onWake: () => void;
  onOnline: () => void;
  onOffline: () => void;
}

/** Listens until the returned function is called; outside of a browser there is nothing to hear. */
export function listenForWaking({ onWake, onOnline, onOffline }: Waking): () => void {
  if (typeof window === "undefined") return () => {};
  const listening = new AbortController();
  const { signal } = listening;
  const onVisible = (): void => {
    if (document.visibilityState === "visible") onWake();
  };
  window.addEventListener("online", onOnline, { signal });
  window.addEventListener("offline", onOffline, { signal });
  window.addEventListener("pageshow", onWake, { signal });
  document.addEventListener("visibilitychange", onVisible, { signal });
  return () => listening.abort();
}
