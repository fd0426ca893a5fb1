import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseFrame } from "@/connection/frame";
import { phaseOf } from "./phase";
import { reduce } from "./reduce";
import { roundsOf } from "./rounds";
import { EMPTY } from "./run";

/** A run as the backend's test recorded it: what the server really says and what the page makes of it. */
const GOLDEN = new URL("../../../backend/tests/golden/transcript.json", import.meta.url);

test("the golden transcript becomes a finished run", () => {
  const recorded: unknown[] = JSON.parse(readFileSync(GOLDEN, "utf8"));
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
