/** After how much silence the line is looked at, in milliseconds. */
export interface PulseTimes {
  /** When nothing is asked for. */
  quiet: number;
  /** When something that was sent has no answer yet. */
  hasty: number;
  /** How long a look may take before the server counts as out of reach. */
  patience: number;
  /** How long what the server has sent may still be under way. */
  settle: number;
}

export const TIMES: PulseTimes = { quiet: 20_000, hasty: 8_000, patience: 5_000, settle: 1_500 };

export interface PulseOptions {
  times: PulseTimes;
  /** Asks the server on another way; resolves to whether this page has all that the server has said. Rejects if it is out of reach. */
  look: (signal: AbortSignal) => Promise<boolean>;
  /** Whether something was sent and not answered. */
  awaits: () => boolean;
  /** The socket is dead: nothing comes through it although something should. */
  onDead: () => void;
}

/**
 * Notices a dead socket. A browser shows a page no protocol pings, so a socket whose other end went away without a
 * word (a closed lid, a changed network) looks open for minutes. After a while of silence this asks the server how
 * far it is; a line is dead when the server is out of reach, is ahead, or owes an answer, and nothing has come.
 * Nobody looks while the page is hidden: it is looked at when it is shown again.
 */
export class Pulse {
  #options: PulseOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking: AbortController | null = null;
  #beats = 0;
  #running = false;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** The socket is open, or something came or went over it. */
  beat(): void {
    this.#running = true;
    this.#beats += 1;
    this.#wait();
  }

  /** The socket is closed: there is nothing to look at. */
  stop(): void {
    this.#running = false;
    this.#looking?.abort();
    this.#looking = null;
    this.#clear();
  }

  /** Look now, whatever was heard a moment ago. */
  async look(): Promise<void> {
    if (!this.#running || this.#looking !== null || isHidden()) return;
    this.#clear();
    const looking = new AbortController();
    this.#looking = looking;
    const before = this.#beats;
    const isAlive = await this.#isAlive(looking, () => this.#beats !== before);
    if (this.#looking !== looking) return;
    this.#looking = null;
    if (isAlive) this.#wait();
    else {
      this.stop();
      this.#options.onDead();
    }
  }

  async #isAlive(looking: AbortController, heard: () => boolean): Promise<boolean> {
    const { times, look, awaits } = this.#options;
    const impatience = setTimeout(() => looking.abort(), times.patience);
    let complete: boolean;
    try {
      complete = await look(looking.signal);
    } catch {
      return heard();
    } finally {
      clearTimeout(impatience);
    }
    if (complete && !awaits()) return true;
    await new Promise((resolve) => setTimeout(resolve, times.settle));
    return heard() || (complete && !awaits());
  }

  #wait(): void {
    this.#clear();
    const { times, awaits } = this.#options;
    this.#timer = setTimeout(() => void this.look(), awaits() ? times.hasty : times.quiet);
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function isHidden(): boolean {
  return typeof document !== "undefined" && document.visibilityState === "hidden";
}
