// @vitest-environment jsdom

import type { AddressInfo } from "node:net";
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { failure, run } from "@/protocol/frames.fixture";
import { Revise } from "./revise";

let server: WebSocketServer;
let started: Record<string, unknown>[];
let answer: (socket: WebSocket) => void;

beforeEach(async () => {
  started = [];
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((ready) => server.once("listening", ready));
  server.on("connection", (socket) =>
    socket.on("message", (text) => {
      started.push(JSON.parse(String(text)));
      answer(socket);
    }),
  );
  const { port } = server.address() as AddressInfo;
  // Node's own does not get on with the events of jsdom.
  vi.stubGlobal("WebSocket", WebSocket);
  vi.stubGlobal("location", { ...window.location, protocol: "http:", host: `127.0.0.1:${port}` });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

const parent = run({ id: "r1", options: { sources: ["library"], review_report: true } }).data;
const field = () => screen.getByRole("textbox", { name: "What should change?" });
const start = () => screen.getByRole("button", { name: "Start the revision" });

test("a revision starts as its parent was asked, and leads to the new run", async () => {
  answer = (socket) => socket.send(JSON.stringify({ ...run({ id: "r2" }), run_id: "r2" }));
  const onStarted = vi.fn();
  render(<Revise run={parent} onStarted={onStarted} />);
  await userEvent.click(start());
  screen.getByText("Say what should change.");
  expect(started).toEqual([]);
  await userEvent.type(field(), " Shorter, for a board ");
  await userEvent.click(start());
  await vi.waitFor(() => expect(onStarted).toHaveBeenCalledWith("r2"), { timeout: 5_000 });
  expect(started[0]).toMatchObject({
    question: "Shorter, for a board",
    options: { sources: ["library"], review_report: true, revises: "r1" },
  });
  expect(started[0]).not.toHaveProperty("workflow");
});

test("what the server refuses is said, and what was typed stays", async () => {
  answer = (socket) => socket.send(JSON.stringify(failure(null, "invalid_request", "That run is not finished.")));
  const onStarted = vi.fn();
  render(<Revise run={parent} onStarted={onStarted} />);
  await userEvent.type(field(), "Shorter");
  await userEvent.click(start());
  await act(() => vi.waitFor(() => screen.getByText("That run is not finished."), { timeout: 5_000 }));
  expect((field() as HTMLTextAreaElement).value).toBe("Shorter");
  expect(onStarted).not.toHaveBeenCalled();
});
