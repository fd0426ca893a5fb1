// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FrameOf } from "@/protocol";
import { failure, run } from "@/protocol/frames.fixture";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import { Stopped } from "./stopped";

beforeEach(() => setName("Ada"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show() {
  const broken = failure(4, "run_failed", "The step “publish” failed.") as FrameOf<"error">;
  broken.data.details = { step: "publish" };
  const frames = [run({ workflow: "own" }), broken];
  const view = frames.reduce((before, frame) => reduce(before, { kind: "frame", frame }), EMPTY);
  if (view.ending?.kind !== "failed" || view.run === null) throw new Error("it has failed");
  const onStarted = vi.fn();
  render(<Stopped ending={view.ending} run={view.run} onStarted={onStarted} />);
  return onStarted;
}

const again = () => userEvent.click(screen.getByRole("button", { name: "Try again from there" }));

test("a failed run is tried again, once however often it is asked for", async () => {
  const bodies: unknown[] = [];
  let answers = [new Response("", { status: 503 }), Response.json({ id: "r2" }, { status: 201 })];
  vi.stubGlobal("fetch", (path: string, { body }: RequestInit) => {
    expect(path).toBe("/api/runs/r1/retry");
    bodies.push(JSON.parse(String(body)));
    const [answer = new Response("", { status: 500 }), ...rest] = answers;
    answers = rest;
    return Promise.resolve(answer);
  });
  const onStarted = show();
  await again();
  await waitFor(() => screen.getByText(/^It could not be tried again/));
  await again();
  await waitFor(() => expect(onStarted).toHaveBeenCalledWith("r2"));
  expect(bodies[0]).toEqual({ by: "Ada", request_id: expect.any(String) });
  expect(bodies[1]).toEqual(bodies[0]);
});

test("the run's id and the step that failed can be copied", async () => {
  const user = userEvent.setup();
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  show();
  screen.getByText("Run r1, Step publish");
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(write).toHaveBeenCalledWith("Run r1\nStep publish");
  screen.getByRole("button", { name: "Copied" });
});
