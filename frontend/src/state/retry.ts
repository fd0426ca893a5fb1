import { retryRun } from "@/connection/http";
import { newId } from "@/connection/identity";
import type { RunState } from "@/protocol";

/** Another try of a failed run. Called again, it is the same try: a reply that was lost starts no second run. */
export function anotherTry(run: RunState): (by: string, signal: AbortSignal) => Promise<string> {
  const request = newId();
  return async (by, signal) => (await retryRun(run.id, by, request, signal)).id;
}
