import type { ServerFrame } from "@/protocol";

/** What to do with a frame: hand it on, drop it, or come back with a fresh watch. */
export type FrameUse = "deliver" | "drop" | "reread" | "resume";

/** How far a run's log was read. Pure: decides, and leaves the socket to others. */
export interface Cursor {
  runId: string | null;
  generation: number | null;
  seq: number;
}

export const START: Cursor = { runId: null, generation: null, seq: 0 };

/**
 * Every event is delivered once and in order: what was seen is dropped, and behind a gap the log is asked again.
 * A new generation means that the log may have been cut back, so it is read from its start.
 */
export function advance(cursor: Cursor, frame: ServerFrame): [FrameUse, Cursor] {
  if (frame.type === "run") {
    const next = { runId: frame.data.id, generation: frame.data.generation, seq: cursor.seq };
    const changed = cursor.generation !== null && cursor.generation !== frame.data.generation;
    if (!changed) return ["deliver", next];
    return cursor.seq === 0 ? ["deliver", next] : ["reread", { ...next, seq: 0 }];
  }
  if (frame.type === "error" && frame.seq == null && frame.data.code === "invalid_after") {
    return cursor.seq === 0 ? ["drop", cursor] : ["reread", { ...cursor, seq: 0 }];
  }
  if (frame.seq == null) return ["deliver", cursor];
  if (frame.seq <= cursor.seq) return ["drop", cursor];
  if (frame.seq > cursor.seq + 1) return ["resume", cursor];
  return ["deliver", { ...cursor, seq: frame.seq }];
}
