import { createStore, type StoreApi } from "zustand/vanilla";
import { HttpError, readSource } from "@/connection/http";
import type { Quote, SourcePassages, StoredPassage } from "@/protocol";

export type PassagesView =
  | { kind: "loading" }
  | { kind: "read"; source: SourcePassages }
  /** `missing`: the server has no such passage; otherwise it could not be asked. */
  | { kind: "failed"; missing: boolean };

/** One reading of what a run quotes from a source. */
export class PassagesReader {
  readonly store: StoreApi<PassagesView> = createStore<PassagesView>(() => ({ kind: "loading" }));
  #abort = new AbortController();

  constructor(
    readonly runId: string,
    readonly sourceId: string,
  ) {}

  async read(): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.store.setState({ kind: "loading" }, true);
    try {
      const source = await readSource(this.runId, this.sourceId, abort.signal);
      if (!abort.signal.aborted) this.store.setState({ kind: "read", source }, true);
    } catch (error) {
      if (abort.signal.aborted) return;
      const missing = error instanceof HttpError && (error.status === 404 || error.status === 410);
      this.store.setState({ kind: "failed", missing }, true);
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

/** The stored passage that a quote was taken from; a finding's own comes first, as two may quote the same words. */
export function passageOf(passages: StoredPassage[], quote: Quote, findings: string[]): StoredPassage | null {
  const same = passages.filter((passage) => quoted(passage) === quote.text);
  return same.find((passage) => findings.includes(passage.finding)) ?? same[0] ?? null;
}

function quoted({ text, quote: [start, end] }: StoredPassage): string {
  return Array.from(text).slice(start, end).join("");
}
