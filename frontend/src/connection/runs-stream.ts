import type { RunChanges } from "@/protocol";

export interface RunsStreamOptions {
  /** The stream is open, for the first time or again: what was read before may be old. */
  onOpen: () => void;
  onChanges: (changes: RunChanges) => void;
  /** Nothing comes in any more; the stream comes back by itself. */
  onLost: () => void;
  address?: string;
  EventSource?: new (address: string) => EventSource;
  /** Shortest and longest wait before a refused stream is asked for again, in milliseconds. */
  delays?: { min: number; max: number };
}

/** Changes to the list of runs, over a stream that is asked for again until it is closed. */
export class RunsStream {
  #options: RunsStreamOptions;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #open = false;

  constructor(options: RunsStreamOptions) {
    this.#options = options;
    this.#connect();
  }

  /** Asks anew at once: after the computer slept, a line may look open and be dead. */
  reconnect(): void {
    this.#failures = 0;
    this.#connect();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.#timer = null;
    this.#lose();
  }

  #connect(): void {
    this.close();
    const Source = this.#options.EventSource ?? EventSource;
    const source = new Source(this.#options.address ?? "/api/runs/stream");
    this.#source = source;
    source.onmessage = (event) => this.#read(event.data);
    source.onerror = () => {
      this.#lose();
      // An EventSource comes back by itself from a lost line, but never from an answer that is not a stream.
      if (source.readyState === source.CLOSED && this.#source === source) this.#again();
    };
  }

  #again(): void {
    const { min, max } = this.#options.delays ?? { min: 1_000, max: 15_000 };
    const delay = Math.min(max, min * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  #lose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#options.onLost();
  }

  #read(data: unknown): void {
    const changes = parseChanges(data);
    if (changes === null) return;
    this.#failures = 0;
    // The server's first message, without changes, is when nothing is missed any more; "open" alone may come earlier.
    if (!this.#open) {
      this.#open = true;
      this.#options.onOpen();
    }
    if (changes.runs.length > 0 || changes.gone.length > 0) this.#options.onChanges(changes);
  }
}

function parseChanges(text: unknown): RunChanges | null {
  if (typeof text !== "string") return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    return "runs" in value && Array.isArray(value.runs) && "gone" in value ? (value as RunChanges) : null;
  } catch {
    return null;
  }
}
