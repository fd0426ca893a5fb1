import { createStore } from "zustand/vanilla";
import type { RunState } from "@/protocol";
import { readText, writeText } from "./storage";

/** Whether the browser tells of decisions that are needed: it cannot, it may be asked to, it does, or it was refused. */
export type NoticesState = "unable" | "off" | "on" | "refused";

/** What a notification says; the words are the page's. */
export interface Notice {
  title: string;
  body: string;
  address: string;
  /** Another page of this browser that says the same is not heard twice. */
  tag: string;
}

const KEY = "sayso.notices";
/** Held by whatever page somebody looks at. */
const LOOKING = "sayso.looking";

export const notices = createStore<{ state: NoticesState }>(() => ({ state: "unable" }));

let words: ((run: RunState) => Notice) | null = null;
/** The questions that were there already, as `run review`. */
const known = new Set<string>();

/** Follows what was chosen, here and in other tabs, and tells with these words. Returns a function that stops. */
export function watchNotices(tell: (run: RunState) => Notice): () => void {
  words = tell;
  load();
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("storage", load, { signal });
  // Held only as long as it is so: a page that crashes while it is looked at lets go.
  let stop = look();
  const again = (): void => {
    stop();
    stop = look();
  };
  window.addEventListener("focus", again, { signal });
  window.addEventListener("blur", again, { signal });
  document.addEventListener("visibilitychange", again, { signal });
  return () => {
    listening.abort();
    stop();
    words = null;
  };
}

/** Turns notifications on or off; the first time, the browser asks. */
export async function switchNotices(): Promise<void> {
  const { state } = notices.getState();
  if (state === "off") {
    if (Notification.permission === "default") await Notification.requestPermission();
    if (Notification.permission === "granted") writeText(KEY, "on");
  } else if (state === "on") {
    writeText(KEY, null);
  }
  load();
}

/** These wait already, and are no news. */
export function knowWaiting(runs: Iterable<RunState>): void {
  for (const run of runs) for (const key of keysOf(run)) known.add(key);
}

/** Tells of those that wait for a decision since just now, unless somebody looks at a page of ours. */
export async function tellOfWaiting(runs: readonly RunState[]): Promise<void> {
  const fresh = runs.filter((run) => keysOf(run).some((key) => !known.has(key)));
  knowWaiting(runs);
  if (fresh.length === 0 || words === null || notices.getState().state !== "on" || (await somebodyLooks())) return;
  for (const run of fresh) show(words(run));
}

function keysOf(run: RunState): string[] {
  return run.status === "waiting" ? run.open_reviews.map((review) => `${run.id} ${review}`) : [];
}

function load(): void {
  notices.setState({ state: stateNow() });
}

function stateNow(): NoticesState {
  // Over plain HTTP, a browser has neither.
  if (typeof Notification === "undefined" || navigator.locks === undefined) return "unable";
  if (Notification.permission === "denied") return "refused";
  return Notification.permission === "granted" && readText(KEY) === "on" ? "on" : "off";
}

function look(): () => void {
  if (navigator.locks === undefined || document.visibilityState === "hidden" || !document.hasFocus()) return () => {};
  const abort = new AbortController();
  let release: () => void = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  void navigator.locks.request(LOOKING, { mode: "shared", signal: abort.signal }, () => held).catch(() => {});
  return () => {
    abort.abort();
    release();
  };
}

async function somebodyLooks(): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return (held ?? []).some((lock) => lock.name === LOOKING);
}

function show({ title, body, address, tag }: Notice): void {
  try {
    const shown = new Notification(title, { body, tag, icon: "/icon.svg" });
    shown.onclick = () => {
      shown.close();
      window.focus();
      window.location.assign(address);
    };
  } catch {
    // Chrome on Android knows them from service workers only.
    notices.setState({ state: "unable" });
  }
}
