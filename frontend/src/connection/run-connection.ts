import ReconnectingWebSocket from "partysocket/ws";
import type { Answer, Cancel, ClientCommand, ServerFrame, Start } from "@/protocol";
import { classifyClosing } from "./closing";
import { advance, type Cursor, START } from "./cursor";
import { endsRun, parseFrame } from "./frame";

/** How the line to the server is. `closed` is for good: the run is over or nobody watches it any more. */
export type Link = "connecting" | "connected" | "reconnecting" | "closed";

export interface ConnectionOptions {
  address: string;
  onFrame: (frame: ServerFrame) => void;
  onLink: (link: Link) => void;
  /** Shortest and longest wait before a new attempt, in milliseconds. */
  delays?: { min: number; max: number };
  WebSocket?: unknown;
}

/** Errors after which the same watch can never succeed. */
const HOPELESS = new Set(["run_not_found", "run_deleted", "unauthorized"]);

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
  #socket: ReconnectingWebSocket;

  constructor(target: Start | { run_id: string }, options: ConnectionOptions) {
    this.#options = options;
    this.#start = "question" in target ? target : null;
    this.#cursor = "question" in target ? START : { ...START, runId: target.run_id };
    const { min, max } = options.delays ?? { min: 400 + Math.random() * 600, max: 8_000 };
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
    options.onLink("connecting");
    if (typeof window !== "undefined") {
      window.addEventListener("online", this.#online);
      window.addEventListener("offline", this.#offline);
    }
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
    if (typeof window !== "undefined") {
      window.removeEventListener("online", this.#online);
      window.removeEventListener("offline", this.#offline);
    }
    this.#over = true;
    this.#socket.close();
    this.#options.onLink("closed");
  }

  #online = (): void => {
    if (!this.#over) this.#socket.reconnect();
  };

  #offline = (): void => {
    if (!this.#over) this.#options.onLink("reconnecting");
  };

  #greet(): void {
    this.#opened = true;
    const { runId, seq } = this.#cursor;
    if (runId !== null) this.#send({ run_id: runId, after: seq });
    else if (this.#start !== null) this.#send(this.#start);
  }

  #read(data: unknown): void {
    const frame = parseFrame(data);
    if (frame === null || this.#over) return;
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
    if (this.#over || classifyClosing(code, this.#over) === "finished") return;
    this.#options.onLink(this.#opened ? "reconnecting" : "connecting");
  }

  #send(command: ClientCommand): void {
    this.#socket.send(JSON.stringify(command));
  }
}
