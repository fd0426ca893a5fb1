import { createStore } from "zustand/vanilla";
import { claimRun, listenForUnauthorized, readMe, startSession, stopSession } from "@/connection/http";
import type { Me, PersonInfo, RunState } from "@/protocol";

/** Who the server takes this browser for; null until it has said so. */
export const me = createStore<{ me: Me | null }>(() => ({ me: null }));

const RETRY_MS = 3_000;

let watchers = 0;
/** Counts what was asked: an answer that something later has overtaken says what was so before. */
let turn = 0;
let timer: ReturnType<typeof setTimeout> | null = null;
let deafen = (): void => {};

async function read(): Promise<void> {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  turn += 1;
  const own = turn;
  try {
    const found = await readMe(new AbortController().signal);
    if (own === turn) me.setState({ me: found });
  } catch {
    if (own === turn && watchers > 0) timer = setTimeout(() => void read(), RETRY_MS);
  }
}

/** Keeps it known: asks again when the server does not let this browser do something. Returns a function that stops. */
export function watchMe(): () => void {
  watchers += 1;
  if (watchers === 1) {
    deafen = listenForUnauthorized(() => void read());
    void read();
  }
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    deafen();
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
}

/** The name of who is signed in; null where nobody is, or that is not known yet. */
export function personNow(): string | null {
  return me.getState().me?.person?.name ?? null;
}

/** Calls back when it is somebody else who is signed in. Returns a function that stops. */
export function listenForPerson(onOther: () => void): () => void {
  let name = personNow();
  return me.subscribe(() => {
    if (personNow() === name) return;
    name = personNow();
    onOther();
  });
}

/** Signs in with a token, or with what a sign-in link carries. Returns whether it was good; rejects without a server. */
export async function signIn(secret: string): Promise<boolean> {
  const found = await startSession(secret);
  if (found === null) return false;
  turn += 1;
  me.setState({ me: found });
  return true;
}

export async function signOut(): Promise<void> {
  await stopSession();
  await read();
}

/** Tells the others that one is on it, or is not any more. Returns who is. */
export async function tellClaim(runId: string, take: boolean): Promise<RunState["claim"]> {
  return (await claimRun(runId, take)).claim;
}

/** Whether nothing is to be seen before somebody signs in. */
export function mustSignIn(known: Me | null): boolean {
  return known !== null && known.auth !== "none" && known.person === null;
}

/** A path of this page to go on to; anything else in its place leads to the start. */
export function pathOf(next: string | null, origin: string): string {
  if (next === null) return "/";
  try {
    const url = new URL(next, origin);
    return url.origin === origin ? `${url.pathname}${url.search}` : "/";
  } catch {
    return "/";
  }
}

/** Why somebody may not decide about a run; null where they may. The server decides; this only says it beforehand. */
export type Hindrance = "role" | "others" | "own";

export function hindranceOf(
  run: Pick<RunState, "asked_of" | "four_eyes" | "by" | "verified">,
  known: Me | null,
): Hindrance | null {
  if (known === null || known.auth === "none" || known.person === null) return null;
  const { person } = known;
  if (person.role === "asker") return "role";
  // An older server says nothing of these.
  const asked = run.asked_of ?? [];
  if (asked.length > 0 && !asked.some((name) => namesOf(person).has(name.toLowerCase()))) return "others";
  return run.four_eyes === true && run.verified === true && run.by === person.name ? "own" : null;
}

/** Whether a run waits for this browser's person. */
export function waitsForMe(run: RunState): boolean {
  return run.status === "waiting" && hindranceOf(run, me.getState().me) === null;
}

/** Whether a name that nobody verified is to be told apart: not alone on one's own machine. */
export function doubtsNames(known: Me | null): boolean {
  return known !== null && (known.auth !== "none" || known.open);
}

function namesOf(person: PersonInfo): Set<string> {
  return new Set([person.name, ...person.groups].map((name) => name.toLowerCase()));
}
