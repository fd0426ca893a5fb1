import ReconnectingWebSocket from "partysocket/ws";
import type { Answer, Cancel, ClientCommand, ServerFrame, Start } from "@/protocol";
import { classifyClosing } from "./closing";
import { advance, type Cursor, START } from "./cursor";
import { endsRun, parseFrame } from "./frame";
import { Pulse, type PulseTimes, TIMES } from "./pulse";
import { type ReadStanding, readStanding } from "./standing";
import { listenForWaking } from "./waking";

/** How the line to the server is. `closed` is for good: the run is over or nobody watches it any more. */
export type Link = "connecting" | "connected" | "reconnecting" | "closed";

export interface ConnectionOptions {
  address: string;
  onFrame: (frame: ServerFrame) => void;
  onLink: (link: Link) => void;
  /** Shortest and longest wait before a new attempt, in milliseconds. */
  delays?: { min: number; max: number };
  /** After how much silence the line is looked at, and how. */
  times?: PulseTimes;
  readStanding?: ReadStanding;
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
  #answer: Answer | null = null;
  #cancel: Cancel | null = null;
  #over = false;
  #opened = false;
  /** Whether the server has yet to answer the first frame of this socket. */
  #greeting = false;
  #socket: ReconnectingWebSocket;
  #pulse: Pulse;
  #deafen: () => void;

  constructor(target: Start | { run_id: string }, options: ConnectionOptions) {
    this.#options = options;
    this.#start = "question" in target ? target : null;
    this.#cursor = "question" in target ? START : { ...START, runId: target.run_id };
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
      awaits: () => this.#greeting || this.#answer !== null,
      onDead: () => this.#socket.reconnect(),
    });
    this.#deafen = listenForWaking({ onWake: this.#wake, onOnline: this.#online, onOffline: this.#offline });
    options.onLink("connecting");
  }

  /** Answer a review; sent again after a reconnect until its outcome is known. */
  answer(answer: Answer): void {
    this.#answer = answer;
    this.#send(answer);
  }

  cancel(by: string): void {
    this.#cancel = { cancel: true, by };
    this.#send(this.#cancel);
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
    const standing = await (this.#options.readStanding ?? readStanding)(runId, signal);
    const { generation, seq } = this.#cursor;
    return standing.last_seq <= seq && (generation === null || standing.generation === generation);
  }

  #greet(): void {
    this.#opened = true;
    this.#greeting = true;
    const { runId, seq } = this.#cursor;
    if (runId !== null) this.#send({ run_id: runId, after: seq });
    else if (this.#start !== null) this.#send(this.#start);
  }

  #read(data: unknown): void {
    if (this.#over) return;
    this.#greeting = false;
    this.#pulse.beat();
    const frame = parseFrame(data);
    if (frame === null) return;
    const [verdict, cursor] = advance(this.#cursor, frame);
    this.#cursor = cursor;
    if (verdict === "drop") return;
    if (verdict === "reread" || verdict === "resume") {
      this.#socket.reconnect();
      return;
    }
    if (frame.type === "run") this.#resend(frame.data.open_reviews);
    if (frame.type === "input_received" && frame.data.review === this.#answer?.review) this.#answer = null;
    if (frame.type === "error" && frame.seq == null) {
      this.#answer = null;
      this.#cancel = null;
    }
    if (endsRun(frame) || this.#isHopeless(frame)) this.#over = true;
    this.#options.onFrame(frame);
    if (this.#over) this.close();
  }

  /** A refused start has no run to watch; trying again would only repeat the refusal. */
  #isHopeless(frame: ServerFrame): boolean {
    return frame.type === "error" && (this.#cursor.runId === null || HOPELESS.has(frame.data.code));
  }

  #resend(openReviews: number[]): void {
    this.#options.onLink("connected");
    if (this.#answer?.review != null && openReviews.includes(this.#answer.review)) this.#send(this.#answer);
    if (this.#cancel !== null) this.#send(this.#cancel);
  }

  #closed(code: number): void {
    this.#pulse.stop();
    if (this.#over || classifyClosing(code, this.#over) === "finished") return;
    this.#options.onLink(this.#opened ? "reconnecting" : "connecting");
  }

  #send(command: ClientCommand): void {
    this.#socket.send(JSON.stringify(command));
    if (this.#socket.readyState === this.#socket.OPEN) this.#pulse.beat();
  }
}
