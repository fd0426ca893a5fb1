import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseFrame } from "@/connection/frame";
import { phaseOf } from "./phase";
import { reduce } from "./reduce";
import { roundsOf } from "./rounds";
import { EMPTY } from "./run";

/** A run as a server recorded it: what the server really says and what the page makes of it. */
const LOGS = {
  "of today": new URL("../../../backend/tests/golden/transcript.json", import.meta.url),
  "of 0.1.0": new URL("../protocol/log-0.1.0.fixture.json", import.meta.url),
};

test.each(Object.entries(LOGS))("the log of a server %s becomes a finished run", (_, address) => {
  const recorded: unknown[] = JSON.parse(readFileSync(address, "utf8"));
  const frames = recorded.map((frame) => parseFrame(JSON.stringify(frame)));
  expect(frames.every((frame) => frame !== null)).toBe(true);
  const view = frames.reduce(
    (before, frame) => (frame === null ? before : reduce(before, { kind: "frame", frame })),
    EMPTY,
  );
  expect(phaseOf(view)).toBe("done");
  expect(view.lastSeq).toBe(Math.max(...frames.map((frame) => frame?.seq ?? 0)));
  expect(view.ending?.kind).toBe("report");
  expect(roundsOf(view.entries).length).toBeGreaterThanOrEqual(2);
});
