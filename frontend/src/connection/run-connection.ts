import ReconnectingWebSocket from "partysocket/ws";
import type { Cancel, ClientCommand, SentDecision, ServerFrame, Start, Watch } from "@/protocol";
import { advance, type Cursor, START } from "./cursor";
import { endsRun, parseFrame } from "./frame";
import { tellUnauthorized } from "./http";
import { Owed } from "./owed";
import { Pulse, type PulseTimes, TIMES } from "./pulse";
import { type ReadRunProgress, readRunProgress } from "./run-progress";
import { listenForWaking } from "./waking";

/** How the line to the server is. `closed` is for good: the run is over or nobody watches it any more. */
export type Link = "connecting" | "connected" | "reconnecting" | "closed";

export interface ConnectionOptions {
  address: string;
  onFrame: (frame: ServerFrame) => void;
  onLink: (link: Link) => void;
  /** The server broke off over the same command again and again: it is not sent any more. */
  onUndelivered: () => void;
  /** Shortest and longest wait before a new attempt, in milliseconds. */
  delays?: { min: number; max: number };
  /** After how much silence the line is looked at, and how. */
  times?: PulseTimes;
  readRunProgress?: ReadRunProgress;
  WebSocket?: unknown;
}

/** Errors after which the same watch can never succeed. */
const HOPELESS = new Set(["run_not_found", "run_deleted"]);

/**
 * One run, watched over one socket that comes back by itself: after a loss it asks for what is missing, and sends
 * again what may not have arrived (commands carry ids, so a repeat does nothing twice).
 */
export class RunConnection {
  #options: ConnectionOptions;
  #cursor: Cursor;
  #start: Start | null;
  /** The start or watch that a socket begins with, until the server has said something. */
  #greeting: Owed<Start | Pick<Watch, "run_id">> | null;
  #decision: Owed<SentDecision> | null = null;
  #cancel: Owed<Cancel> | null = null;
  #over = false;
  #opened = false;
  #socket: ReconnectingWebSocket;
  #pulse: Pulse;
  #deafen: () => void;

  constructor(target: Start | { run_id: string }, options: ConnectionOptions) {
    this.#options = options;
    this.#start = "question" in target ? target : null;
    this.#cursor = "question" in target ? START : { ...START, runId: target.run_id };
    this.#greeting = new Owed(target);
    // Both ends at random: after a restart of the server its pages must not come back as one, however long it took.
    const { min, max } = options.delays ?? { min: 400 + Math.random() * 600, max: 4_000 + Math.random() * 4_000 };
    this.#socket = new ReconnectingWebSocket(options.address, [], {
      minReconnectionDelay: min,
      maxReconnectionDelay: max,
      reconnectionDelayGrowFactor: 1.6,
      minUptime: 2_000,
      connectionTimeout: 8_000,
      // Nothing waits in the library's queue: what is open is decided here on every connect.
      maxEnqueuedMessages: 0,
      WebSocket: options.WebSocket,
    });
    this.#socket.addEventListener("open", () => this.#greet());
    this.#socket.addEventListener("message", (event: MessageEvent) => this.#read(event.data));
    this.#socket.addEventListener("close", (event) => this.#closed(event.code));
    this.#pulse = new Pulse({
      times: options.times ?? TIMES,
      look: (signal) => this.#isUpToDate(signal),
      awaits: () => this.#greeting !== null || this.#decision !== null,
      onDead: () => this.#socket.reconnect(),
    });
    this.#deafen = listenForWaking({ onWake: this.#wake, onOnline: this.#online, onOffline: this.#offline });
    options.onLink("connecting");
  }

  /** Decide on a review; sent again after a reconnect until its outcome is known. */
  decide(decision: SentDecision): void {
    if (this.#over) {
      this.#options.onUndelivered();
      return;
    }
    this.#decision = new Owed(decision);
    this.#send(decision, this.#decision);
  }

  cancel(by: string): void {
    this.#cancel = new Owed({ cancel: true, by });
    this.#send(this.#cancel.command, this.#cancel);
  }

  close(): void {
    this.#over = true;
    this.#deafen();
    this.#pulse.stop();
    this.#socket.close();
    this.#options.onLink("closed");
  }

  #online = (): void => {
    if (!this.#over) this.#socket.reconnect();
  };

  #offline = (): void => {
    if (!this.#over) this.#options.onLink("reconnecting");
  };

  #wake = (): void => void this.#pulse.look();

  /** A start that has no answer yet has no run to ask about: then all is said by the answer that is missing. */
  async #isUpToDate(signal: AbortSignal): Promise<boolean> {
    const { runId } = this.#cursor;
    if (runId === null) return true;
    const server = await (this.#options.readRunProgress ?? readRunProgress)(runId, signal);
    const { generation, seq } = this.#cursor;
    return server.last_seq <= seq && (generation === null || server.generation === generation);
  }

  #greet(): void {
    this.#opened = true;
    const { runId, seq } = this.#cursor;
    this.#greeting ??= new Owed({ run_id: runId ?? "" });
    if (runId !== null) this.#send({ run_id: runId, after: seq }, this.#greeting);
    else if (this.#start !== null) this.#send(this.#start, this.#greeting);
  }

  #read(data: unknown): void {
    if (this.#over) return;
    this.#greeting = null;
    this.#pulse.beat();
    const frame = parseFrame(data);
    if (frame === null) return;
    const [use, cursor] = advance(this.#cursor, frame);
    this.#cursor = cursor;
    if (use === "drop") return;
    if (use === "reread" || use === "resume") {
      this.#socket.reconnect();
      return;
    }
    this.#settle(frame);
    if (endsRun(frame) || this.#isHopeless(frame)) this.#over = true;
    this.#options.onFrame(frame);
    if (this.#over) this.close();
  }

  /** A refused start has no run to watch; trying again would only repeat the refusal. */
  #isHopeless(frame: ServerFrame): boolean {
    return frame.type === "error" && (this.#cursor.runId === null || HOPELESS.has(frame.data.code));
  }

  /** What a frame means for what was sent. */
  #settle(frame: ServerFrame): void {
    if (frame.type === "run") this.#resend(frame.data.open_reviews);
    if (frame.type === "input_received" && frame.data.review === this.#decision?.command.review) this.#decision = null;
    if (frame.type === "error" && frame.seq == null) {
      if (frame.data.code === "unauthorized") tellUnauthorized();
      this.#decision = null;
      this.#cancel = null;
    }
  }

  #resend(openReviews: number[]): void {
    this.#options.onLink("connected");
    const review = this.#decision?.command.review;
    if (this.#decision !== null && review != null && openReviews.includes(review)) {
      this.#send(this.#decision.command, this.#decision);
    }
    if (this.#cancel !== null) this.#send(this.#cancel.command, this.#cancel);
  }

  #closed(code: number): void {
    this.#pulse.stop();
    if (this.#over) return;
    const greets = this.#greeting?.closed(code) ?? true;
    const decides = this.#decision?.closed(code) ?? true;
    const cancels = this.#cancel?.closed(code) ?? true;
    if (!decides) this.#decision = null;
    if (!cancels) this.#cancel = null;
    if (!(greets && decides && cancels)) this.#options.onUndelivered();
    if (greets) this.#options.onLink(this.#opened ? "reconnecting" : "connecting");
    else this.close();
  }

  #send(command: ClientCommand, owed: Owed<unknown>): void {
    this.#socket.send(JSON.stringify(command));
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    owed.sent();
    this.#pulse.beat();
  }
}
