import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { type Asking, ask } from "./ask";
import { type DecisionDraft, readDecisionDraft, writeDecisionDraft } from "./decision-draft";
import { type InboxView, inbox, watchInbox } from "./inbox";
import { type InfoView, info, watchInfo } from "./info";
import { loadName, name } from "./name";
import { EMPTY, type RunView } from "./run";
import type { RunSession } from "./session";
import { holdRun, releaseRun } from "./sessions";

/** The session of a run for as long as the component is shown; null before the first effect. */
export function useRunSession(runId: string): RunSession | null {
  const [session, setSession] = useState<RunSession | null>(null);
  useEffect(() => {
    setSession(holdRun(runId));
    return () => {
      setSession(null);
      releaseRun(runId);
    };
  }, [runId]);
  return session;
}

export function useRunView(session: RunSession | null): RunView {
  const [view, setView] = useState<RunView>(session?.store.getState() ?? EMPTY);
  useEffect(() => {
    setView(session?.store.getState() ?? EMPTY);
    return session?.store.subscribe(setView);
  }, [session]);
  return view;
}

export function useInfo(): InfoView {
  useEffect(() => watchInfo(), []);
  return useStore(info);
}

export function useInbox(): InboxView {
  useEffect(() => watchInbox(), []);
  return useStore(inbox);
}

export function useAsking(): Asking {
  return useStore(ask);
}

export function useName(): string {
  useEffect(() => loadName(), []);
  return useStore(name, (state) => state.name);
}

/** Typed feedback and ticks of one review, kept over a reload until the decision is made. */
export function useDecisionDraft(runId: string, review: number): [DecisionDraft, (next: DecisionDraft) => void] {
  const [draft, setDraft] = useState(() => readDecisionDraft(runId, review));
  const change = (next: DecisionDraft): void => {
    setDraft(next);
    writeDecisionDraft(runId, review, next);
  };
  return [draft, change];
}

/** The time, once a while, for "4 min". Null on the server, whose clock is not the reader's. */
export function useNow(everyMs: number): Date | null {
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
