import { createStore } from "zustand/vanilla";
import { readInfo } from "@/connection/http";
import type { Info } from "@/protocol";

export interface InfoView {
  info: Info | null;
  /** The server did not answer; it is asked again. */
  unreachable: boolean;
}

export const info = createStore<InfoView>(() => ({ info: null, unreachable: false }));

const RETRY_MS = 3_000;

/** Reads what the server can do, until it answers. Returns a function that stops. */
export function watchInfo(): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const read = async (): Promise<void> => {
    try {
      const read = await readInfo(abort.signal);
      if (!abort.signal.aborted) info.setState({ info: read, unreachable: false });
    } catch {
      if (abort.signal.aborted) return;
      info.setState({ unreachable: true });
      timer = setTimeout(read, RETRY_MS);
    }
  };
  void read();
  return () => {
    abort.abort();
    if (timer !== null) clearTimeout(timer);
  };
}
