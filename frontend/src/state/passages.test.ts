import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SourcePassages, StoredPassage } from "@/protocol";
import { finding, source } from "@/protocol/frames.fixture";
import { PassagesReader, type PassagesView, passageOf } from "./passages";

const quote = finding("f1", "🦉 One.").quotes[0];
if (quote === undefined) throw new Error("no quote");

function stored(of: string, text = quote?.text ?? ""): StoredPassage {
  const whole = `Before. ${text} After.`;
  const place = { heading: null, page: null, offset: 0, lead: null };
  return {
    finding: of,
    before: "",
    text: whole,
    after: "",
    quote: [8, 8 + Array.from(text).length],
    marked: null,
    place,
  };
}

test("a quote's passage is that of its finding, else one with the same words", () => {
  const passages = [stored("f2"), stored("f1"), stored("f3", "Other.")];
  expect(passageOf(passages, quote, ["f1"])?.finding).toBe("f1");
  expect(passageOf(passages, quote, [])?.finding).toBe("f2");
  expect(passageOf(passages, quote, ["f3"])?.finding).toBe("f2");
  expect(passageOf([stored("f1", "Other.")], quote, ["f1"])).toBeNull();
});

const BODY: SourcePassages = { source: source("s1", "Guide"), passages: [stored("f1")] };
let server: Server;
let status = 200;
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(BODY));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const real = fetch;
  // The page asks its own server; here that is the one above.
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => real(`http://127.0.0.1:${port}${path}`, init));
});
afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

async function readBy(reader: PassagesReader): Promise<PassagesView> {
  await reader.read();
  return reader.store.getState();
}

test("reads by run and source, says what failed, and reads again", async () => {
  const reader = new PassagesReader("r/1", "s1");
  expect(reader.store.getState()).toEqual({ kind: "loading" });
  status = 404;
  expect(await readBy(reader)).toEqual({ kind: "failed", missing: true });
  status = 503;
  expect(await readBy(reader)).toEqual({ kind: "failed", missing: false });
  status = 200;
  expect(await readBy(reader)).toEqual({ kind: "read", source: BODY });
  expect(asked[0]).toBe("/api/runs/r%2F1/sources/s1");
});

test("a server that cannot be reached is not one that has no passage", async () => {
  await new Promise<void>((closed) => server.close(() => closed()));
  expect(await readBy(new PassagesReader("r1", "s1"))).toEqual({ kind: "failed", missing: false });
});
