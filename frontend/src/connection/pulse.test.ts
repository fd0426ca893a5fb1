import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pulse, TIMES } from "./pulse";

let awaits = false;
let look: (signal: AbortSignal) => Promise<boolean>;
const looks = vi.fn((signal: AbortSignal) => look(signal));
const onDead = vi.fn();
let pulse: Pulse;

beforeEach(() => {
  vi.useFakeTimers();
  awaits = false;
  look = async () => true;
  looks.mockClear();
  onDead.mockClear();
  pulse = new Pulse({ times: TIMES, look: looks, awaits: () => awaits, onDead });
});
afterEach(() => {
  pulse.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a quiet line with nothing missing stays, and is looked at again and again", async () => {
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet - 1);
  expect(looks).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(TIMES.quiet * 3);
  expect(looks).toHaveBeenCalledTimes(3);
  expect(onDead).not.toHaveBeenCalled();
});

test("while frames come nobody looks", async () => {
  for (let beats = 0; beats < 10; beats += 1) {
    pulse.beat();
    await vi.advanceTimersByTimeAsync(TIMES.quiet - 1);
  }
  expect(looks).not.toHaveBeenCalled();
});

test("a server that is ahead and says nothing means a dead line, once", async () => {
  look = async () => false;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet);
  expect(onDead).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(TIMES.settle);
  expect(onDead).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(TIMES.quiet * 4);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("what was under way only comes through, and the line stays", async () => {
  look = async () => false;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet);
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.settle);
  expect(onDead).not.toHaveBeenCalled();
});

test("a server out of reach means a dead line", async () => {
  look = () => Promise.reject(new Error("no route"));
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("a look without an answer is given up", async () => {
  look = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet + TIMES.patience);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("an answer that is owed is missed sooner", async () => {
  awaits = true;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.hasty + TIMES.settle);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("an answer that comes while the line is looked at is in time", async () => {
  awaits = true;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.hasty);
  awaits = false;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.settle);
  expect(onDead).not.toHaveBeenCalled();
});

test("a hidden page does not look, and looks at once when it is shown", async () => {
  vi.stubGlobal("document", { visibilityState: "hidden" });
  look = async () => false;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet * 5);
  expect(looks).not.toHaveBeenCalled();
  vi.stubGlobal("document", { visibilityState: "visible" });
  void pulse.look();
  await vi.advanceTimersByTimeAsync(TIMES.settle);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("a closed socket is not looked at, not even by a look that was under way", async () => {
  look = async () => false;
  pulse.beat();
  await vi.advanceTimersByTimeAsync(TIMES.quiet);
  pulse.stop();
  await vi.advanceTimersByTimeAsync(TIMES.quiet * 2);
  void pulse.look();
  await vi.advanceTimersByTimeAsync(TIMES.quiet);
  expect(looks).toHaveBeenCalledTimes(1);
  expect(onDead).not.toHaveBeenCalled();
});
