// @vitest-environment jsdom
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run } from "@/protocol/frames.fixture";
import { FetchEventSource } from "./event-source.fixture";
import { RunsStream } from "./runs-stream";

/** A server of one stream: each connection gets the first message, and what is said next. */
let server: Server;
let clients: ServerResponse[];
let refuse: boolean;
let stream: RunsStream | null;
let heard: string[];

beforeEach(async () => {
  clients = [];
  heard = [];
  refuse = false;
  stream = null;
  server = createServer((_, response) => {
    if (refuse) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    clients.push(response);
    say({ runs: [], gone: [] }, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterEach(async () => {
  stream?.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function say(value: unknown, to: ServerResponse | undefined = clients.at(-1)): void {
  to?.write(`data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`);
}

function open(): RunsStream {
  const { port } = server.address() as AddressInfo;
  stream = new RunsStream({
    address: `http://127.0.0.1:${port}/`,
    EventSource: FetchEventSource as never,
    delays: { min: 5, max: 20 },
    onOpen: () => heard.push("open"),
    onLost: () => heard.push("lost"),
    onChanges: (changes) => heard.push([...changes.runs.map((each) => each.id), ...changes.gone].join(" ")),
  });
  return stream;
}

test("the first message opens, and what follows are changes", async () => {
  open();
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  say("{not json");
  say({ runs: [run({ id: "a" }).data], gone: ["b"] });
  await vi.waitFor(() => expect(heard).toEqual(["open", "a b"]));
});

test("a lost stream and a refused one come back, and say so", async () => {
  open();
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  refuse = true;
  clients[0]?.destroy();
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost"]));
  refuse = false;
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost", "open"]));
  say({ runs: [], gone: ["x"] });
  await vi.waitFor(() => expect(heard.at(-1)).toBe("x"));
});

test("asked anew it opens once more; closed, it stays closed", async () => {
  const asked = open();
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  asked.reconnect();
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost", "open"]));
  asked.close();
  expect(heard).toEqual(["open", "lost", "open", "lost"]);
  say({ runs: [], gone: ["x"] });
  await vi.waitFor(() => expect(clients.every((client) => client.destroyed)).toBe(true));
  expect(heard).toHaveLength(4);
});
