// @vitest-environment jsdom
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FetchEventSource } from "@/connection/event-source.fixture";
import type { RunState } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import { inbox, readMore, showInbox, waitingLabel, watchInbox } from "./inbox";
import { shownRuns } from "./inbox-list";
import { EVERYTHING } from "./inbox-query";
import { notices } from "./notices";

/** A server with a list and a stream of its own. */
let server: Server;
let runs: RunState[];
let streams: ServerResponse[];
let asked: string[];
let stop: () => void;

beforeEach(async () => {
  runs = [];
  streams = [];
  asked = [];
  inbox.setState({ list: null, waiting: null, more: false, reading: false, unreachable: false });
  showInbox(EVERYTHING);
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    if (url.pathname.endsWith("/stream")) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"runs":[],"gone":[]}\n\n');
      streams.push(response);
      return;
    }
    asked.push(url.search);
    const statuses = url.searchParams.getAll("status");
    const found = runs.filter((each) => statuses.includes(each.status));
    const from = Number(url.searchParams.get("cursor") ?? 0);
    const limit = Number(url.searchParams.get("limit"));
    const next = from + limit < found.length ? String(from + limit) : null;
    response.end(JSON.stringify({ runs: found.slice(from, from + limit), next }));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plain = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => plain(new URL(path, origin), { signal: init.signal }));
  vi.stubGlobal(
    "EventSource",
    class extends FetchEventSource {
      constructor(path: string) {
        super(new URL(path, origin).href);
      }
    },
  );
  stop = () => {};
});
afterEach(async () => {
  stop();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const shown = () => {
  const { list } = inbox.getState();
  return list === null ? null : shownRuns(list).map((each) => `${each.id} ${each.status}`);
};
const say = (changed: RunState[], gone: string[] = []) =>
  streams.at(-1)?.write(`data: ${JSON.stringify({ runs: changed, gone })}\n\n`);

function finished(count: number): RunState[] {
  return Array.from({ length: count }, (_, n) => {
    const created_at = new Date(2026, 10, 20, 12, 0, -n).toISOString();
    return run({ id: `r${n}`, status: "completed", created_at, updated_at: created_at }).data;
  });
}

test("the list is read when the stream is open, and follows it", async () => {
  const waiting = run({ id: "w", status: "waiting", last_seq: 3 }).data;
  runs = [waiting];
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toEqual(["w waiting"]));
  expect(inbox.getState().waiting).toEqual(new Set(["w"]));
  expect(asked).toHaveLength(2);
  say([{ ...waiting, status: "completed", last_seq: 9 }, run({ id: "n", created_at: "2026-11-04T00:00:00Z" }).data]);
  await vi.waitFor(() => expect(shown()).toEqual(["n running", "w completed"]));
  expect(inbox.getState().waiting).toEqual(new Set());
  say([], ["n"]);
  await vi.waitFor(() => expect(shown()).toEqual(["w completed"]));
  expect(asked).toHaveLength(2);
});

test("after a lost stream the list is read again", async () => {
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toEqual([]));
  runs = [run({ id: "meanwhile", status: "waiting" }).data];
  streams[0]?.destroy();
  await vi.waitFor(() => expect(shown()).toEqual(["meanwhile waiting"]));
});

test("another filter is read by itself, and what waits is still counted", async () => {
  runs = [run({ id: "w", status: "waiting" }).data, ...finished(1)];
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toHaveLength(2));
  showInbox({ show: "done", q: "y?" });
  await vi.waitFor(() => expect(shown()).toEqual(["r0 completed"]));
  expect(asked.at(-2)).toContain("q=y%3F");
  expect(inbox.getState().waiting).toEqual(new Set(["w"]));
});

test("a further page is added by its cursor, once", async () => {
  runs = finished(45);
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toHaveLength(30));
  const [once, twice] = await Promise.all([readMore(1), readMore(1)]);
  expect(once).toHaveLength(15);
  expect(twice).toEqual([]);
  expect(shown()).toHaveLength(45);
  expect(await readMore(1)).toEqual([]);
});

test("a server that does not answer is said, with what was read before", async () => {
  runs = finished(2);
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toHaveLength(2));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  showInbox({ show: "done", q: "" });
  await vi.waitFor(() => expect(inbox.getState().unreachable).toBe(true));
  expect(shown()).toHaveLength(2);
});

test("without locks a page in the background gives its own stream back, and is live when it is shown", async () => {
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toEqual([]));
  const visibility = vi.spyOn(document, "visibilityState", "get");
  const turn = (state: DocumentVisibilityState): void => {
    visibility.mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  turn("hidden");
  await vi.waitFor(() => expect(streams[0]?.destroyed).toBe(true), { timeout: 5_000 });
  runs = [run({ id: "meanwhile", status: "waiting" }).data];
  turn("visible");
  await vi.waitFor(() => expect(shown()).toEqual(["meanwhile waiting"]));
  await vi.waitFor(() => expect(streams).toHaveLength(2));
  say([], ["meanwhile"]);
  await vi.waitFor(() => expect(shown()).toEqual([]));
});

test("how many wait is told as it is, and as 100+ where there are more than were read", async () => {
  const label = () => waitingLabel(inbox.getState());
  const open = (count: number, status: RunState["status"]) =>
    finished(count).map((each) => ({ ...each, id: `${status}${each.id}`, status }));
  runs = [...open(101, "running"), ...open(99, "waiting")];
  stop = watchInbox();
  // A first page full of what runs says nothing of what waits.
  await vi.waitFor(() => expect(label()).toBe("99"));
  const [first, second] = open(2, "waiting").map((each, n) => ({ ...each, id: `new${n}`, last_seq: 9 }));
  if (first === undefined || second === undefined) throw new Error("there are two");
  say([first]);
  await vi.waitFor(() => expect(label()).toBe("100"));
  say([second]);
  await vi.waitFor(() => expect(label()).toBe("100+"));

  runs = open(102, "waiting");
  showInbox({ show: "waiting", q: "" });
  await vi.waitFor(() => expect(label()).toBe("100+"));
  // Once fewer are left than were read, what is left is read again.
  runs = runs.slice(3);
  say([], ["waitingr0", "waitingr1", "waitingr2"]);
  await vi.waitFor(() => expect(label()).toBe("99"));
  say(
    [],
    runs.map((each) => each.id),
  );
  await vi.waitFor(() => expect(label()).toBe(""));
});

test("several parts of a page share one watch, which ends with the last of them", async () => {
  const stops = [watchInbox(), watchInbox()];
  stop = () => {
    for (const each of stops) each();
  };
  await vi.waitFor(() => expect(shown()).toEqual([]));
  expect(streams).toHaveLength(1);
  stops.shift()?.();
  say([run({ id: "n", status: "waiting" }).data]);
  await vi.waitFor(() => expect(shown()).toEqual(["n waiting"]));
});

test("a page in the background keeps its stream where somebody wants to be told", async () => {
  notices.setState({ state: "on" });
  stop = watchInbox();
  await vi.waitFor(() => expect(shown()).toEqual([]));
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise((done) => setTimeout(done, 1_300));
  say([run({ id: "n", status: "waiting" }).data]);
  await vi.waitFor(() => expect(shown()).toEqual(["n waiting"]));
  vi.restoreAllMocks();
  notices.setState({ state: "unable" });
});
