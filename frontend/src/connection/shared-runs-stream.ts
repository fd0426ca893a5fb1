import type { RunChanges } from "@/protocol";
import { newId } from "./identity";
import { RunsStream, type RunsStreamOptions } from "./runs-stream";
import { listenForWaking } from "./waking";

/** What the pages of one browser tell each other. What they all have to understand has a number in the name. */
const NAME = "sayso.runs-stream.1";

/** A page that follows asks whether anybody leads; the one that leads says how its stream is, and what came over it. */
type Said =
  | { kind: "ask"; renew: boolean }
  | { kind: "state"; stream: string | null }
  | { kind: "changes"; stream: string; changes: RunChanges };

export interface SharedTimes {
  /** How often a page that is looked at asks whether its leader is alive, at most; at least half as often. */
  look: number;
  /** How long a leader may take to say so, at least: after twice that another page leads. */
  patience: number;
}

const TIMES: SharedTimes = { look: 15_000, patience: 4_000 };

export interface SharedOptions extends RunsStreamOptions {
  locks: LockManager;
  times?: SharedTimes;
}

/**
 * One stream for all pages of a browser, which allows six connections to a server and not one more: a page in ten
 * would wait for ever. The page that holds a lock has the stream and passes on what comes; when it goes, the lock and
 * with it the stream are the next one's. Each stream has an id, and where it is a new one, something may have been
 * missed: the list is read again.
 */
export class SharedRunsStream {
  #options: SharedOptions;
  #times: SharedTimes;
  #channel: BroadcastChannel | null = null;
  /** The stream of this page, while it leads. */
  #own: RunsStream | null = null;
  /** The id of the stream that is open, here or elsewhere. */
  #open: string | null = null;
  /** Ends this page's wait for the lock, or its hold of it. */
  #resign: () => void = () => {};
  #looking: ReturnType<typeof setTimeout> | null = null;
  #stop: (() => void)[];

  constructor(options: SharedOptions) {
    this.#options = options;
    this.#times = options.times ?? TIMES;
    this.#stop = [
      listenForWaking({ onWake: () => this.#wake(), onOnline: () => {}, onOffline: () => {} }),
      // What a browser keeps for Back, or freezes, must not keep the stream from the others.
      listen(window, "pagehide", () => this.#leave()),
      listen(document, "freeze", () => this.#leave()),
      listen(document, "resume", () => this.#wake()),
    ];
    this.#enter();
  }

  /** Has whoever leads ask for its stream anew: after the computer slept, a line may look open and be dead. */
  reconnect(): void {
    if (this.#channel === null) this.#enter();
    else if (this.#own !== null) this.#own.reconnect();
    else this.#ask(true);
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.#leave();
  }

  #enter(): void {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data);
    this.#channel = channel;
    this.#stand(false);
    this.#ask(false);
  }

  #leave(): void {
    this.#resign();
    this.#abdicate();
    this.#await(null);
    this.#channel?.close();
    this.#channel = null;
    this.#lose();
  }

  #wake(): void {
    if (this.#channel === null) this.#enter();
    else if (this.#own === null) this.#ask(false);
  }

  /** Waits for the lock, or takes it from a leader that is not heard of any more. */
  #stand(steal: boolean): void {
    this.#resign();
    const waiting = new AbortController();
    let release = (): void => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    let gone = false;
    this.#resign = () => {
      gone = true;
      waiting.abort();
      release();
    };
    const lead = async (): Promise<void> => {
      if (gone) return;
      this.#lead();
      await until;
    };
    this.#options.locks.request(NAME, steal ? { steal } : { signal: waiting.signal }, lead).catch(() => {
      if (gone) return;
      // Another page has taken the lock, as this one did not answer.
      this.#abdicate();
      this.#stand(false);
      this.#ask(false);
    });
  }

  #lead(): void {
    this.#await(null);
    this.#own = new RunsStream({
      ...this.#options,
      onOpen: () => {
        const stream = newId();
        this.#say({ kind: "state", stream });
        this.#see(stream);
      },
      onChanges: (changes) => {
        if (this.#open !== null) this.#say({ kind: "changes", stream: this.#open, changes });
        this.#options.onChanges(changes);
      },
      onLost: () => {
        // A page that leads no more has nothing to say: the next one may have said already that all is well.
        if (this.#own !== null) this.#say({ kind: "state", stream: null });
        this.#lose();
      },
    });
    this.#say({ kind: "state", stream: null });
  }

  #abdicate(): void {
    const own = this.#own;
    this.#own = null;
    own?.close();
  }

  #ask(renew: boolean): void {
    this.#say({ kind: "ask", renew });
    this.#await(() => this.#stand(true), this.#times.patience);
  }

  #hear(said: Said): void {
    if (said.kind === "ask") {
      if (this.#own === null) return;
      // While it is not open it is asked for already: after a sleep all pages want that at once.
      if (said.renew && this.#open !== null) this.#own.reconnect();
      else this.#say({ kind: "state", stream: this.#open });
      return;
    }
    // Somebody leads. While the lock changes hands this may be the page before, of which the lock is taken already.
    if (this.#own !== null) return;
    this.#await(() => this.#look(), this.#times.look);
    if (said.stream === null) this.#lose();
    else this.#see(said.stream);
    if (said.kind === "changes") this.#options.onChanges(said.changes);
  }

  /** A page in the background needs no news at once; it asks when it is looked at. */
  #look(): void {
    if (document.visibilityState === "visible") this.#ask(false);
  }

  #see(stream: string): void {
    if (stream === this.#open) return;
    this.#lose();
    this.#open = stream;
    this.#options.onOpen();
  }

  #lose(): void {
    if (this.#open === null) return;
    this.#open = null;
    this.#options.onLost();
  }

  #say(said: Said): void {
    this.#channel?.postMessage(said);
  }

  /** Sooner or later than the others: what one page has asked, or taken, is news for all before they do the same. */
  #await(then: (() => void) | null, delay = 0): void {
    if (this.#looking !== null) clearTimeout(this.#looking);
    this.#looking = then === null ? null : setTimeout(then, delay * (1 + Math.random()));
  }
}

/** The stream that this browser allows: one for all its pages, or one for each where a page cannot talk to the others. */
export function openRunsStream(options: RunsStreamOptions): RunsStream | SharedRunsStream {
  // Locks are for secure contexts, which a page on a LAN address is not.
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (locks === undefined || typeof BroadcastChannel === "undefined") return new RunsStream(options);
  return new SharedRunsStream({ ...options, locks });
}

function listen(target: EventTarget, event: string, handler: () => void): () => void {
  target.addEventListener(event, handler);
  return () => target.removeEventListener(event, handler);
}
