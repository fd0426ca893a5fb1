import { createStore, type StoreApi } from "zustand/vanilla";
import { queryAddress } from "@/connection/address";
import { newId } from "@/connection/identity";
import { type ConnectionOptions, RunConnection } from "@/connection/run-connection";
import type { SentDecision, Start } from "@/protocol";
import { type Action, reduce } from "./reduce";
import { EMPTY, type RunView } from "./run";

/** Frames that arrive together are shown together: one rendering for a burst of thousands. */
const BATCH_MS = 16;

export type SessionOptions = Partial<Pick<ConnectionOptions, "address" | "WebSocket" | "delays">>;

/** One run on this page: its view, and the three things that a person can do to it. */
export class RunSession {
  readonly store: StoreApi<RunView> = createStore<RunView>(() => EMPTY);
  #connection: RunConnection;
  #pending: Action[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(target: Start | { run_id: string }, options: SessionOptions = {}) {
    this.#connection = new RunConnection(target, {
      ...options,
      address: options.address ?? queryAddress(window.location),
      onFrame: (frame) => this.#later({ kind: "frame", frame }),
      onLink: (link) => this.#later({ kind: "link", link }),
      onUndelivered: () => this.#later({ kind: "undelivered" }),
    });
  }

  /** Sends a decision and returns the id by which the log will name it. */
  decide(decision: Omit<SentDecision, "response_id">): string {
    const complete = { ...decision, response_id: newId() };
    this.#now({ kind: "deciding", decision: complete });
    this.#connection.decide(complete);
    return complete.response_id;
  }

  cancel(by: string): void {
    this.#now({ kind: "cancelling" });
    this.#connection.cancel(by);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#pending = [];
    this.#connection.close();
  }

  #later(action: Action): void {
    this.#pending.push(action);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  }

  #now(action: Action): void {
    this.#pending.push(action);
    this.#flush();
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const actions = this.#pending;
    this.#pending = [];
    this.store.setState((view) => actions.reduce(reduce, view), true);
  }
}
