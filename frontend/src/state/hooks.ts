import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { type ReadingRequest, readNames } from "@/connection/http";
import type { Me, Names, Reading, RunState } from "@/protocol";
import { type Asking, ask } from "./ask";
import { type DecisionDraft, readDecisionDraft, writeDecisionDraft } from "./decision-draft";
import { type DocumentsView, documents, watchDocuments } from "./documents";
import { showFavicon } from "./favicon";
import { type InboxView, inbox, showInbox, waitingLabel, watchInbox } from "./inbox";
import type { InboxQuery } from "./inbox-query";
import { type InfoView, info, watchInfo } from "./info";
import { doubtsNames, type Hindrance, hindranceOf, me, watchMe } from "./me";
import { loadName, lookForName, name } from "./name";
import { type Notice, type NoticesState, notices, watchNotices } from "./notices";
import { PassagesReader, type PassagesView } from "./passages";
import { type QuotedPageView, quotedPage } from "./quoted-page";
import { DecisionReader, type ReadingView } from "./reading";
import { EMPTY, type RunView } from "./run";
import type { RunSession } from "./session";
import { holdRun, releaseRun } from "./sessions";
import { type Theme, theme, watchTheme } from "./theme";

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

/** The library's documents, read as long as they are shown. */
export function useDocuments(): DocumentsView {
  useEffect(() => watchDocuments(), []);
  return useStore(documents);
}

/** The writer of a run, by its name; the server's own where the run names none. */
export function useWriter(view: RunView): string {
  const { info: known } = useInfo();
  const chosen = view.run?.options.writer;
  return typeof chosen === "string" ? chosen : (known?.writer ?? "");
}

/** A run that waits for a decision, other than this one, and how many there are; null where there is none. */
export function useOthersWaiting(runId: string): { next: string; count: string } | null {
  useEffect(() => watchInbox(), []);
  const { waiting, more } = useStore(inbox);
  const others = [...(waiting ?? [])].filter((id) => id !== runId);
  const [next] = others;
  return next === undefined ? null : { next, count: waitingLabel({ waiting: new Set(others), more }) };
}

/** Shows in the tab how many runs wait, and notifies of new ones with these words; whether it does. */
export function useAttention(tell: (run: RunState) => Notice): NoticesState {
  useEffect(() => watchInbox(), []);
  useEffect(() => watchNotices(tell), [tell]);
  const label = useStore(inbox, waitingLabel);
  useEffect(() => showFavicon(label), [label]);
  return useStore(notices, ({ state }) => state);
}

/** The list that `query` asks for; null as long as the address is not known. */
export function useInbox(query: InboxQuery | null): InboxView {
  useEffect(() => {
    if (query !== null) showInbox(query);
  }, [query]);
  const known = query !== null;
  useEffect(() => (known ? watchInbox() : undefined), [known]);
  return useStore(inbox);
}

export function useAsking(): Asking {
  return useStore(ask);
}

/** Who the server takes this browser for; null until it has said so. */
export function useMe(): Me | null {
  useEffect(() => watchMe(), []);
  return useStore(me, (state) => state.me);
}

/** Whether to say of a name that nobody verified it. */
export function useDoubts(): boolean {
  return doubtsNames(useMe());
}

/** Why this person may not decide about a run; null where it may, and as long as the run is not known. */
export function useHindrance(run: RunState | null): Hindrance | null {
  const me = useMe();
  return run === null ? null : hindranceOf(run, me);
}

/** Who can be asked to decide; null where nobody signs in, and as long as it is not known. */
export function useNames(): Names | null {
  const [names, setNames] = useState<Names | null>(null);
  const signedIn = (useMe()?.person ?? null) !== null;
  useEffect(() => {
    const abort = new AbortController();
    // Without it nothing is offered, and the server's own choice holds.
    if (signedIn) readNames(abort.signal).then(setNames, () => {});
    return () => abort.abort();
  }, [signedIn]);
  return signedIn ? names : null;
}

/** In whose name one acts: that of who is signed in, else as this browser was told. */
export function useName(): string {
  useEffect(() => loadName(), []);
  const said = useStore(name, (state) => state.name);
  return useMe()?.person?.name ?? said;
}

/** Whether a name was kept when the page came; null until that is known. It does not change while somebody types. */
export function useNameKept(): boolean | null {
  useEffect(() => lookForName(), []);
  const kept = useStore(name, (state) => state.kept);
  return (useMe()?.person ?? null) !== null || kept;
}

export function useTheme(): Theme {
  useEffect(() => watchTheme(), []);
  return useStore(theme, (state) => state.theme);
}

/** What becomes of a draft: another one, or a change to the latest. */
type Change = DecisionDraft | ((before: DecisionDraft) => DecisionDraft);

/**
 * Typed feedback and ticks of one review, kept over a reload until the decision is made. The function stays the same,
 * so that what was handed it need not be rendered again for every letter.
 */
export function useDecisionDraft(runId: string, review: number): [DecisionDraft, (next: Change) => void] {
  const [draft, setDraft] = useState(() => readDecisionDraft(runId, review));
  const latest = useRef(draft);
  const change = useCallback(
    (next: Change): void => {
      latest.current = typeof next === "function" ? next(latest.current) : next;
      setDraft(latest.current);
      writeDecisionDraft(runId, review, latest.current);
    },
    [runId, review],
  );
  return [draft, change];
}

/** How the server would read what is typed, and a way to wait for it. */
export function useReading(
  runId: string,
  review: number,
  request: ReadingRequest,
): ReadingView & { settled: () => Promise<Reading | null> } {
  const [reader] = useState(() => new DecisionReader(runId, review));
  useEffect(() => reader.ask(request), [reader, request]);
  useEffect(() => () => reader.close(), [reader]);
  const settled = useCallback(() => reader.settled(), [reader]);
  return { ...useStore(reader.store), settled };
}

/** What a run quotes from a source, read when the component is first shown, and a way to read it again. */
export function usePassages(runId: string, sourceId: string): [PassagesView, () => void] {
  const [reader, setReader] = useState<PassagesReader | null>(null);
  const [view, setView] = useState<PassagesView>({ kind: "loading" });
  useEffect(() => {
    const opened = new PassagesReader(runId, sourceId);
    const stop = opened.store.subscribe(setView);
    setReader(opened);
    void opened.read();
    return () => {
      stop();
      opened.close();
    };
  }, [runId, sourceId]);
  return [view, () => void reader?.read()];
}

/** The page on which stands what a finding quotes from a source, drawn when the component is first shown. */
export function useQuotedPage(runId: string, sourceId: string, finding: string): QuotedPageView {
  const [view, setView] = useState<QuotedPageView>({ kind: "loading" });
  useEffect(() => {
    const abort = new AbortController();
    setView({ kind: "loading" });
    void quotedPage(runId, sourceId, finding, abort.signal).then((read) => {
      if (!abort.signal.aborted) setView(read);
    });
    return () => abort.abort();
  }, [runId, sourceId, finding]);
  return view;
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
