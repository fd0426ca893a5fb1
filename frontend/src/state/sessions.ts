import type { Start } from "@/protocol";
import { RunSession } from "./session";

/**
 * The runs that this page is connected to. A run that was started on one page is handed to the next one with its
 * socket and all it has read; a run that nobody shows any more is let go a moment later.
 */
const GRACE_MS = 2_000;

interface Held {
  session: RunSession;
  holders: number;
  leaving: ReturnType<typeof setTimeout> | null;
}

const held = new Map<string, Held>();

/** Starts a run; it is named by its id as soon as the server has given it one. */
export function beginRun(start: Start): RunSession {
  const session = new RunSession(start);
  const stop = session.store.subscribe((view) => {
    if (view.run === null) return;
    stop();
    const entry: Held = { session, holders: 0, leaving: null };
    held.set(view.run.id, entry);
    leaveSoon(view.run.id, entry);
  });
  return session;
}

/** The session of a run; it stays connected until it was released as often as it was taken. */
export function holdRun(runId: string): RunSession {
  const entry = held.get(runId) ?? { session: new RunSession({ run_id: runId }), holders: 0, leaving: null };
  held.set(runId, entry);
  entry.holders += 1;
  if (entry.leaving !== null) clearTimeout(entry.leaving);
  entry.leaving = null;
  return entry.session;
}

export function releaseRun(runId: string): void {
  const entry = held.get(runId);
  if (entry === undefined) return;
  entry.holders -= 1;
  leaveSoon(runId, entry);
}

/** Not at once: React's strict mode and a change of page release a run just before they take it again. */
function leaveSoon(runId: string, entry: Held): void {
  if (entry.leaving !== null) clearTimeout(entry.leaving);
  entry.leaving = setTimeout(() => {
    if (entry.holders > 0) return;
    entry.session.close();
    if (held.get(runId) === entry) held.delete(runId);
  }, GRACE_MS);
}
