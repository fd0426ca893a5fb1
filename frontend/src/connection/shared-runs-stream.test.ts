// @vitest-environment jsdom
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FetchEventSource } from "./event-source.fixture";
import { FakeLocks } from "./locks.fixture";
import { RunsStream } from "./runs-stream";
import { openRunsStream, SharedRunsStream } from "./shared-runs-stream";

const NAME = "sayso.runs-stream.1";
/** No page steals the lock or looks by itself unless the test wants it. */
const LATE = { look: 60_000, patience: 60_000 };

let server: Server;
let streams: ServerResponse[];
let locks: FakeLocks;
let pages: { stream: SharedRunsStream; heard: string[] }[];
let channels: BroadcastChannel[];

beforeEach(async () => {
  [streams, pages, channels] = [[], [], []];
  locks = new FakeLocks();
  server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"runs":[],"gone":[]}\n\n');
    streams.push(response);
    response.on("close", () => {
      streams = streams.filter((each) => each !== response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const { stream } of pages) stream.close();
  for (const channel of channels) channel.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function options(heard: string[]) {
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    EventSource: FetchEventSource as never,
    delays: { min: 5, max: 20 },
    onOpen: () => heard.push("open"),
    onLost: () => heard.push("lost"),
    onChanges: ({ gone }: { gone: string[] }) => heard.push(...gone),
  };
}

function openPage(times = LATE): string[] {
  const heard: string[] = [];
  const stream = new SharedRunsStream({ ...options(heard), locks: locks as unknown as LockManager, times });
  pages.push({ stream, heard });
  return heard;
}

const say = (id: string) => streams.at(-1)?.write(`data: ${JSON.stringify({ runs: [], gone: [id] })}\n\n`);

/** Another page of the browser, of which only what it says and hears matters. */
function channel(): { channel: BroadcastChannel; heard: { kind: string }[] } {
  const opened = new BroadcastChannel(NAME);
  const heard: { kind: string }[] = [];
  opened.onmessage = ({ data }) => heard.push(data);
  channels.push(opened);
  return { channel: opened, heard };
}

test("eight pages have one stream, and all hear what comes over it", async () => {
  const heard = Array.from({ length: 8 }, () => openPage());
  await vi.waitFor(() => expect(heard).toEqual(Array(8).fill(["open"])));
  expect(streams).toHaveLength(1);
  say("a");
  await vi.waitFor(() => expect(heard).toEqual(Array(8).fill(["open", "a"])));
});

test("a page that comes later is told that the stream is open", async () => {
  const first = openPage();
  await vi.waitFor(() => expect(first).toEqual(["open"]));
  const second = openPage();
  await vi.waitFor(() => expect(second).toEqual(["open"]));
  expect(first).toEqual(["open"]);
  expect(streams).toHaveLength(1);
});

test("when the page with the stream goes, another has one, and everybody reads the list again", async () => {
  const [, second, third] = [openPage(), openPage(), openPage()];
  await vi.waitFor(() => expect([second, third]).toEqual([["open"], ["open"]]));
  pages[0]?.stream.close();
  await vi.waitFor(() => expect([second, third]).toEqual(Array(2).fill(["open", "lost", "open"])));
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  say("a");
  await vi.waitFor(() => expect([second?.at(-1), third?.at(-1)]).toEqual(["a", "a"]));
});

test("a stream that breaks is lost for all, and open again for all", async () => {
  const heard = [openPage(), openPage()];
  await vi.waitFor(() => expect(heard).toEqual([["open"], ["open"]]));
  streams[0]?.destroy();
  await vi.waitFor(() => expect(heard).toEqual(Array(2).fill(["open", "lost", "open"])));
});

test("a leader that does not answer, frozen say, loses the lock to a page that asks", async () => {
  const frozen = locks.request(NAME, {}, () => new Promise(() => {}));
  const stolen = frozen.catch((error: Error) => error.name);
  const heard = openPage({ look: 60_000, patience: 30 });
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  expect(await stolen).toBe("AbortError");
});

test("a leader that falls silent later is missed by who looks", async () => {
  void locks.request(NAME, {}, () => new Promise(() => {})).catch(() => {});
  const { channel: leader } = channel();
  const heard = openPage({ look: 40, patience: 40 });
  leader.postMessage({ kind: "state", stream: "s1" });
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost", "open"]));
  expect(streams).toHaveLength(1);
});

test("a leader that has lost its lock lets its stream go, says nothing more, and follows", async () => {
  const heard = openPage();
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  const other = channel();
  void locks.request(NAME, { steal: true }, () => new Promise(() => {})).catch(() => {});
  await vi.waitFor(() => expect(streams).toEqual([]));
  await vi.waitFor(() => expect(other.heard.map(({ kind }) => kind)).toEqual(["ask"]));
  expect(locks.waiting).toBe(1);
  other.channel.postMessage({ kind: "changes", stream: "s2", changes: { runs: [], gone: ["a"] } });
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost", "open", "a"]));
});

test("a page that is put away for Back gives the stream back, and reads again when it is shown", async () => {
  const heard = openPage();
  await vi.waitFor(() => expect(heard).toEqual(["open"]));
  window.dispatchEvent(new Event("pagehide"));
  expect(heard).toEqual(["open", "lost"]);
  await vi.waitFor(() => expect(streams).toEqual([]));
  window.dispatchEvent(new Event("pageshow"));
  await vi.waitFor(() => expect(heard).toEqual(["open", "lost", "open"]));
  for (const [event, then] of [
    ["freeze", "lost"],
    ["resume", "open"],
  ] as const) {
    document.dispatchEvent(new Event(event));
    await vi.waitFor(() => expect(heard.at(-1)).toBe(then));
  }
});

test("whoever follows can have the stream asked for anew, and many who want that have it once", async () => {
  const heard = [openPage(), openPage(), openPage()];
  await vi.waitFor(() => expect(heard.flat()).toEqual(["open", "open", "open"]));
  pages[1]?.stream.reconnect();
  pages[2]?.stream.reconnect();
  await vi.waitFor(() => expect(heard).toEqual(Array(3).fill(["open", "lost", "open"])));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(Array(3).fill(["open", "lost", "open"]));
});

test("without locks each page has a stream of its own", () => {
  vi.stubGlobal("navigator", {});
  const alone = openRunsStream(options([]));
  expect(alone).toBeInstanceOf(RunsStream);
  alone.close();
  vi.stubGlobal("navigator", { locks });
  const together = openRunsStream(options([]));
  expect(together).toBeInstanceOf(SharedRunsStream);
  together.close();
});
