import { createStore, type StoreApi } from "zustand/vanilla";
import { HttpError, type ReadingRequest, readDecision } from "@/connection/http";
import type { Reading } from "@/protocol";
import { complete } from "./complete";

export interface ReadingView {
  reading: Reading | null;
  /** Whether it says how the latest words are read. */
  current: boolean;
}

const NOTHING: ReadingView = { reading: null, current: true };
/** How long nothing has to be typed before the server is asked. */
const PAUSE_MS = 300;
/** How long a decision waits to hear how it is read; after that its words go as they are. */
const PATIENCE_MS = 2_000;

/** How the server would read what is typed in a review. What it does not answer is no reason to be disturbed. */
export class DecisionReader {
  readonly store: StoreApi<ReadingView> = createStore<ReadingView>(() => NOTHING);
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = "";
  #asking: Promise<void> = Promise.resolve();
  /** The server is older than the call. */
  #unknown = false;

  constructor(
    readonly runId: string,
    readonly review: number,
  ) {}

  /** Reads this as soon as nothing is typed for a moment; an answer to what was asked before is not waited for. */
  ask(request: ReadingRequest): void {
    const asked = JSON.stringify(request);
    if (asked === this.#asked) return;
    this.#stop();
    this.#asked = asked;
    const empty = request.feedback === "" && Object.keys(request.edits).length === 0;
    if (empty || this.#unknown) {
      this.store.setState(NOTHING, true);
      return;
    }
    this.store.setState({ current: false });
    this.#timer = setTimeout(() => this.#read(request), PAUSE_MS);
  }

  /** What was last asked, read; null where the server has no answer. */
  async settled(): Promise<Reading | null> {
    if (this.store.getState().current) return this.store.getState().reading;
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#read(JSON.parse(this.#asked));
    }
    await Promise.race([this.#asking, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    const { current, reading } = this.store.getState();
    return current ? reading : null;
  }

  close(): void {
    this.#stop();
    // Strict mode opens again what it has closed.
    this.#asked = "";
  }

  #read(request: ReadingRequest): void {
    this.#timer = null;
    const abort = new AbortController();
    this.#abort = abort;
    this.#asking = readDecision(this.runId, this.review, request, abort.signal).then(
      (read) => {
        if (!abort.signal.aborted) this.store.setState({ reading: complete("Reading", read), current: true }, true);
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        this.#unknown = error instanceof HttpError && (error.status === 404 || error.status === 405);
        this.store.setState({ reading: null, current: true }, true);
      },
    );
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort.abort();
  }
}
