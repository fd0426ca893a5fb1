import type { RunState } from "@/protocol";
import { tellUnauthorized } from "./http";

/** How far the server is with a run. */
type RunProgress = Pick<RunState, "generation" | "last_seq">;

export type ReadRunProgress = (runId: string, signal: AbortSignal) => Promise<RunProgress>;

/** Asks over HTTP, beside the socket whose health is in question. Rejects when there is no good answer. */
export const readRunProgress: ReadRunProgress = async (runId, signal) => {
  const response = await fetch(`/api/runs/${encodeURIComponent(runId)}`, { signal, cache: "no-store" });
  if (response.status === 401) tellUnauthorized();
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return (await response.json()) as RunProgress;
};
