import type { ServerFrame } from "@/protocol";

const KNOWN: Record<ServerFrame["type"], true> = {
  run: true,
  progress: true,
  input_required: true,
  input_received: true,
  draft: true,
  reminder: true,
  input_expired: true,
  final_result: true,
  error: true,
  cancelled: true,
};

/** One received text as a frame; null for what this version does not know, which is ignored, not refused. */
export function parseFrame(text: unknown): ServerFrame | null {
  if (typeof text !== "string") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("type" in value) || !("data" in value)) return null;
  return typeof value.type === "string" && Object.hasOwn(KNOWN, value.type) ? (value as ServerFrame) : null;
}

/** Whether this frame is the last of its run's log. */
export function endsRun(frame: ServerFrame): boolean {
  return frame.seq != null && (frame.type === "final_result" || frame.type === "cancelled" || frame.type === "error");
}
