import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { ServerFrame } from "@/protocol";
import { failure, progress, received, result, review, run } from "@/protocol/frames.fixture";
import { TRIES } from "./owed";
import { type Link, RunConnection } from "./run-connection";

type Command = Record<string, unknown>;

/** A server that writes down what it is told and answers as the test wants. */
class Server {
  readonly sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  readonly heard: Command[] = [];
  connections = 0;
  reply: (command: Command, say: (...frames: ServerFrame[]) => void, socket: WebSocket) => void = () => {};

  constructor() {
    this.sockets.on("connection", (socket) => {
      this.connections += 1;
      socket.on("message", (data) => {
        const command: Command = JSON.parse(String(data));
        this.heard.push(command);
        this.reply(command, (...frames) => frames.forEach((frame) => void socket.send(JSON.stringify(frame))), socket);
      });
    });
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.sockets.address() as AddressInfo).port}/query`;
  }

  cut(): void {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.sockets.close(resolve));
  }
}

let server: Server;
let open: RunConnection[] = [];
beforeEach(async () => {
  server = new Server();
  await new Promise((resolve) => server.sockets.once("listening", resolve));
});
afterEach(async () => {
  for (const connection of open) connection.close();
  open = [];
  await server.close();
});

type Extra = Partial<ConstructorParameters<typeof RunConnection>[1]>;

function connect(target: ConstructorParameters<typeof RunConnection>[0], extra: Extra = {}) {
  const frames: ServerFrame[] = [];
  const links: Link[] = [];
  /** How many commands the server had heard each time that one was given up. */
  const undelivered: number[] = [];
  const connection = new RunConnection(target, {
    address: server.address,
    onFrame: (frame) => frames.push(frame),
    onLink: (link) => links.push(link),
    onUndelivered: () => undelivered.push(server.heard.length),
    delays: { min: 5, max: 20 },
    WebSocket,
    ...extra,
  });
  open.push(connection);
  const seqs = () => frames.map((frame) => frame.seq).filter((seq) => seq !== null);
  return { connection, frames, links, seqs, undelivered };
}

test("a start is sent, watched to its end, and the socket let go", async () => {
  server.reply = (_, say, socket) => {
    say(run(), progress(1, "Planning", "plan"), result(2));
    socket.close(1000);
  };
  const { links, seqs } = connect({ question: "Why?", request_id: "q1" });
  await vi.waitFor(() => expect(links.at(-1)).toBe("closed"));
  expect(seqs()).toEqual([1, 2]);
  expect(server.heard).toEqual([{ question: "Why?", request_id: "q1" }]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(server.connections).toBe(1);
});

test("a cut socket resumes after the last event, without one twice", async () => {
  server.reply = (command, say) => {
    if ("question" in command) say(run(), progress(1, "Planning", "plan"), progress(2, "Searching", "search"));
    else say(run({ last_seq: 3 }), progress(2, "Searching", "search"), progress(3, "Reading", "findings"));
  };
  const { links, seqs } = connect({ question: "Why?", request_id: "q1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  server.cut();
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 3]));
  expect(server.heard.at(-1)).toEqual({ run_id: "r1", after: 2 });
  expect(links).toEqual(["connecting", "connected", "reconnecting", "connected"]);
});

test("a start whose reply was lost is sent again with the same request_id", async () => {
  server.reply = (_, say) => {
    if (server.heard.length === 1) server.cut();
    else say(run());
  };
  const { frames } = connect({ question: "Why?", request_id: "q1" });
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  expect(server.heard).toEqual([
    { question: "Why?", request_id: "q1" },
    { question: "Why?", request_id: "q1" },
  ]);
});

test("a gap makes it ask again", async () => {
  server.reply = (command, say) => {
    if (command.after === 0) say(run(), progress(1, "Planning", "plan"), progress(3, "Reading", "findings"));
    else say(run(), progress(2, "Searching", "search"), progress(3, "Reading", "findings"));
  };
  const { seqs } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 3]));
  expect(server.heard.map((command) => command.after)).toEqual([0, 1]);
});

test("a new generation is read from its start", async () => {
  server.reply = (command, say) => {
    if (server.connections === 1) say(run(), progress(1, "Planning", "plan"), progress(2, "Lost", "search"));
    else if (command.after === 0) say(run({ generation: 2 }), progress(1, "Planning", "plan"));
    else say(run({ generation: 2 }));
  };
  const { frames, seqs } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  server.cut();
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 1]));
  expect(frames.at(-2)).toMatchObject({ type: "run", data: { generation: 2 } });
  expect(server.heard.map((command) => command.after)).toEqual([0, 2, 0]);
});

test("an answer is sent again until its outcome is known, with its own id", async () => {
  server.reply = (command, say) => {
    if ("run_id" in command) say(run({ open_reviews: [1] }), ...(command.after === 0 ? [review(1)] : []));
    else if (server.connections === 1) server.cut();
    else say(received(2, 1, "approve", "a1"));
  };
  const { connection, seqs } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1]));
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  expect(server.heard.filter((command) => "response" in command).map((command) => command.response_id)).toEqual([
    "a1",
    "a1",
  ]);
});

test("an answer that was stored before the cut is not sent again", async () => {
  server.reply = (command, say) => {
    if ("response" in command) server.cut();
    else if (command.after === 0) say(run({ open_reviews: [1] }), review(1));
    else say(run(), received(2, 1, "approve", "a1"));
  };
  const { connection, seqs } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1]));
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  expect(server.heard.filter((command) => "response" in command)).toHaveLength(1);
});

test("a run that does not exist is not asked for again", async () => {
  server.reply = (_, say, socket) => {
    say(failure(null, "run_not_found", "No such run."));
    socket.close(1000);
  };
  const { links, frames } = connect({ run_id: "nope" });
  await vi.waitFor(() => expect(links.at(-1)).toBe("closed"));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(frames).toHaveLength(1);
  expect(server.connections).toBe(1);
});

const SOON = { quiet: 30, hasty: 20, patience: 500, settle: 20 };

test("a socket that died without a word is noticed, and what was missed is read", async () => {
  server.reply = (command, say) => {
    // The first socket goes dumb after one event; the run goes on.
    if (server.connections === 1) say(run(), progress(1, "Planning", "plan"));
    else if (command.after === 1) say(run({ last_seq: 2 }), progress(2, "Searching", "search"));
  };
  const readRunProgress = async () => ({ generation: 1, last_seq: 2 });
  const { links, seqs } = connect({ run_id: "r1" }, { times: SOON, readRunProgress });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  expect(server.heard.map((command) => command.after)).toEqual([0, 1]);
  expect(links).toEqual(["connecting", "connected", "reconnecting", "connected"]);
});

test("an answer into a dead socket is sent again on a new one", async () => {
  server.reply = (command, say) => {
    if ("run_id" in command) say(run({ open_reviews: [1] }), ...(command.after === 0 ? [review(1)] : []));
    else if (server.connections > 1) say(received(2, 1, "approve", "a1"));
  };
  const readRunProgress = async () => ({ generation: 1, last_seq: 1 });
  const { connection, seqs } = connect({ run_id: "r1" }, { times: SOON, readRunProgress });
  await vi.waitFor(() => expect(seqs()).toEqual([1]));
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  const answers = server.heard.filter((command) => "response" in command);
  expect(answers.map((command) => command.response_id)).toEqual(["a1", "a1"]);
});

test("a server that takes the socket and says nothing is left for a new one", async () => {
  server.reply = (_, say) => {
    if (server.connections > 1) say(run());
  };
  const { frames } = connect({ question: "Why?", request_id: "q1" }, { times: SOON });
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  expect(server.connections).toBe(2);
});

test("a quiet socket that misses nothing is kept", async () => {
  server.reply = (_, say) => say(run(), progress(1, "Planning", "plan"));
  const readRunProgress = vi.fn(async () => ({ generation: 1, last_seq: 1 }));
  const { links } = connect({ run_id: "r1" }, { times: SOON, readRunProgress });
  await vi.waitFor(() => expect(readRunProgress.mock.calls.length).toBeGreaterThan(2));
  expect(server.connections).toBe(1);
  expect(links).toEqual(["connecting", "connected"]);
});

test("what it does not know it ignores", async () => {
  server.reply = (_, say, socket) => {
    socket.send("not json");
    socket.send(JSON.stringify({ type: "weather", data: {} }));
    say(run());
  };
  const { frames } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(frames.map((frame) => frame.type)).toEqual(["run"]));
});

test("a server that breaks off over a decision hears it a few times, and then the page gives it up and watches on", async () => {
  server.reply = (command, say, socket) => {
    if ("response" in command) socket.close(1011);
    else say(run({ open_reviews: [1] }), ...(command.after === 0 ? [review(1)] : []));
  };
  const { connection, links, seqs, undelivered } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1]));
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  await vi.waitFor(() => expect(undelivered).toHaveLength(1));
  await vi.waitFor(() => expect(links.at(-1)).toBe("connected"));
  await new Promise((resolve) => setTimeout(resolve, 60));
  const decisions = () => server.heard.filter((command) => "response" in command);
  expect(decisions()).toHaveLength(TRIES);
  // Another try is the person's to make.
  server.reply = (command, say) => {
    if ("response" in command) say(received(2, 1, "approve", "a2"));
  };
  connection.decide({ response: "approve", review: 1, response_id: "a2" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]));
  expect(undelivered).toHaveLength(1);
});

test.each([
  ["start", { question: "Why?", request_id: "q1" }],
  ["watch", { run_id: "r1" }],
])("a server that breaks off over every %s is not asked for ever", async (_, target) => {
  server.reply = (_command, _say, socket) => socket.terminate();
  const { connection, links, undelivered } = connect(target);
  await vi.waitFor(() => expect(links.at(-1)).toBe("closed"), { timeout: 5_000 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(server.heard).toHaveLength(TRIES);
  expect(undelivered).toEqual([TRIES]);
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  expect(undelivered).toHaveLength(2);
});

test("a server that restarts again and again is no reason to give up", async () => {
  server.reply = (command, say, socket) => {
    if ("response" in command && server.connections <= TRIES + 2) socket.close(1012);
    else if ("response" in command) say(received(2, 1, "approve", "a1"));
    else say(run({ open_reviews: [1] }), ...(command.after === 0 ? [review(1)] : []));
  };
  const { connection, seqs, undelivered } = connect({ run_id: "r1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1]));
  connection.decide({ response: "approve", review: 1, response_id: "a1" });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2]), { timeout: 5_000 });
  expect(undelivered).toEqual([]);
});
