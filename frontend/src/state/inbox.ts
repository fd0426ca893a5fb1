import { createStore } from "zustand/vanilla";
import { type RunQuery, readRuns } from "@/connection/http";
import type { RunsStream } from "@/connection/runs-stream";
import { openRunsStream, SharedRunsStream } from "@/connection/shared-runs-stream";
import { listenForWaking } from "@/connection/waking";
import type { RunChanges, RunPage, RunState } from "@/protocol";
import { type InboxList, listOf, withChanges, withFirstPages, withPage } from "./inbox-list";
import { EVERYTHING, type InboxQuery, sameQuery, shelvesOf } from "./inbox-query";
import { listenForPerson, personNow, waitsForMe } from "./me";
import { knowWaiting, notices, tellOfWaiting } from "./notices";

export interface InboxView {
  /** Null until the first answer. While another query is read, still the one before. */
  list: InboxList | null;
  /** The runs that wait for this person's decision, whatever is shown; null until they were read. */
  waiting: ReadonlySet<string> | null;
  /** There are more of them than were read. */
  more: boolean;
  reading: boolean;
  unreachable: boolean;
}

const NOTHING: InboxView = { list: null, waiting: null, more: false, reading: false, unreachable: false };

export const inbox = createStore<InboxView>(() => NOTHING);

const PAGE = 30;
/** Open runs are few, and all of them matter. */
const OPEN_PAGE = 100;
/** How long the stream may take to open before the list is read without it. */
const PATIENCE_MS = 300;
/** How often the list is read while there is no stream. */
const POLL_MS = 30_000;
/** A page in the background gives the stream back after a while: nobody looks. */
const HIDDEN_MS = 600_000;
/** At once where it has one of its own: a browser allows six connections to a server, for all its pages. */
const OWN_HIDDEN_MS = 1_000;
/** After how long in the background the line is not trusted any more. */
const AWAY_MS = 15_000;

let query: InboxQuery = EVERYTHING;
let watch: Watch | null = null;
let watchers = 0;

/** Shows what `wanted` asks for, as soon as it was read. */
export function showInbox(wanted: InboxQuery): void {
  if (sameQuery(query, wanted)) return;
  query = wanted;
  void watch?.read();
}

/** Keeps the list as it is on the server, as long as anybody wants that. Returns a function that stops. */
export function watchInbox(): () => void {
  watchers += 1;
  watch ??= new Watch();
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    watch?.close();
    watch = null;
  };
}

/** How many runs wait for a decision: "7", or "100+" where there are more than are read; empty for none. */
export function waitingLabel({ waiting, more }: Pick<InboxView, "waiting" | "more">): string {
  const known = waiting?.size ?? 0;
  if (more || known > OPEN_PAGE) return `${OPEN_PAGE}+`;
  return known === 0 ? "" : String(known);
}

/** Reads the list again at once. */
export async function readInbox(): Promise<void> {
  await watch?.read();
}

/** Reads the next page of a shelf. Returns the ids that it brought. */
export async function readMore(shelf: number): Promise<string[]> {
  const { list } = inbox.getState();
  const cursor = list?.next[shelf] ?? null;
  if (list === null || cursor === null) return [];
  try {
    const page = await readRuns(shelfQuery(list.query, shelf, cursor), new AbortController().signal);
    const now = inbox.getState().list;
    // Meanwhile something else is shown, or the list was begun again.
    if (now === null || !sameQuery(now.query, list.query) || now.next[shelf] !== cursor) return [];
    inbox.setState({ list: withPage(now, shelf, page) });
    return page.runs.map((run) => run.id).filter((id) => !now.runs.has(id));
  } catch {
    inbox.setState({ unreachable: true });
    return [];
  }
}

class Watch {
  #stream: RunsStream | SharedRunsStream | null = null;
  #abort: AbortController | null = null;
  /** What the stream said since the list was last asked for. */
  #heard = new Map<string, RunState>();
  #poll: ReturnType<typeof setTimeout> | null = null;
  #hiding: ReturnType<typeof setTimeout> | null = null;
  #hiddenAt: number | null = null;
  #stop: (() => void)[] = [];

  constructor() {
    this.#stop.push(
      listenForWaking({ onWake: () => this.#shown(), onOnline: () => this.#wake(), onOffline: () => {} }),
    );
    const onHidden = (): void => this.#hidden();
    document.addEventListener("visibilitychange", onHidden);
    this.#stop.push(() => document.removeEventListener("visibilitychange", onHidden));
    // What waits for somebody is another matter once it is known who it is.
    this.#stop.push(listenForPerson(() => void this.read()));
    this.#listen();
    this.#pollIn(PATIENCE_MS);
    // It may have been opened in the background.
    this.#hidden();
  }

  /** Reads what `query` asks for; an earlier reading that is not done yet is given up. */
  async read(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#heard = new Map();
    const asked = query;
    inbox.setState({ reading: true });
    try {
      // Of a person, only what that one may decide about.
      const askedOfMe = personNow() !== null;
      const readWaiting = () => readRuns({ statuses: ["waiting"], limit: OPEN_PAGE, askedOfMe }, abort.signal);
      const covered = !askedOfMe && asked.q === "" && (asked.show === "all" || asked.show === "waiting");
      const [pages, waiting] = await Promise.all([
        Promise.all(shelvesOf(asked.show).map((_, shelf) => readRuns(shelfQuery(asked, shelf), abort.signal))),
        covered ? null : readWaiting(),
      ]);
      const [first] = pages;
      // A page full of what is open may hold few that wait.
      const whole = first !== undefined && (first.next === null || asked.show === "waiting") ? first : null;
      if (!abort.signal.aborted) this.#take(asked, pages, waiting ?? whole ?? (await readWaiting()));
    } catch {
      if (!abort.signal.aborted) inbox.setState({ unreachable: true, reading: false });
    }
  }

  close(): void {
    this.#abort?.abort();
    this.#stream?.close();
    this.#stream = null;
    for (const stop of this.#stop) stop();
    for (const timer of [this.#poll, this.#hiding]) if (timer !== null) clearTimeout(timer);
    inbox.setState({ reading: false });
  }

  #take(asked: InboxQuery, pages: RunPage[], waiting: RunPage): void {
    const heard = this.#heard;
    knowWaiting(waiting.runs);
    inbox.setState(({ list }) => {
      const again = list !== null && sameQuery(list.query, asked);
      const fresh = again ? withFirstPages(list, pages, new Set(heard.keys())) : listOf(asked, pages, list);
      const open = [...waiting.runs.filter((run) => !heard.has(run.id)), ...heard.values()];
      return {
        list: withChanges(fresh, { runs: [...heard.values()], gone: [] }),
        waiting: new Set(open.filter(waitsForMe).map((run) => run.id)),
        more: waiting.next !== null,
        reading: false,
        unreachable: false,
      };
    });
  }

  #listen(): void {
    this.#stream = openRunsStream({
      onOpen: () => {
        this.#pollNever();
        void this.read();
      },
      onChanges: (changes) => this.#change(changes),
      onLost: () => this.#pollIn(POLL_MS),
    });
  }

  #change(changes: RunChanges): void {
    for (const run of changes.runs) this.#heard.set(run.id, run);
    for (const id of changes.gone) this.#heard.delete(id);
    inbox.setState(({ list, waiting }) => {
      const now = new Set(waiting);
      for (const run of changes.runs) now[waitsForMe(run) ? "add" : "delete"](run.id);
      for (const id of changes.gone) now.delete(id);
      return { list: list === null ? null : withChanges(list, changes), waiting: now };
    });
    void tellOfWaiting(changes.runs.filter(waitsForMe));
    const { waiting, more } = inbox.getState();
    // Of those that were not read, some may be all that is left.
    if (more && (waiting?.size ?? 0) < OPEN_PAGE) void this.read();
  }

  #hidden(): void {
    if (document.visibilityState !== "hidden") return;
    this.#hiddenAt = Date.now();
    const delay = this.#stream instanceof SharedRunsStream ? HIDDEN_MS : OWN_HIDDEN_MS;
    this.#hiding ??= setTimeout(() => this.#sleep(), delay);
  }

  #shown(): void {
    const away = this.#hiddenAt === null ? 0 : Date.now() - this.#hiddenAt;
    this.#hiddenAt = null;
    if (this.#hiding !== null) clearTimeout(this.#hiding);
    this.#hiding = null;
    if (away > AWAY_MS || this.#stream === null) this.#wake();
  }

  /** The line may be dead without anybody having said so. */
  #wake(): void {
    if (this.#stream === null) this.#listen();
    else this.#stream.reconnect();
    this.#pollIn(PATIENCE_MS);
  }

  #sleep(): void {
    this.#hiding = null;
    // Whoever wants to be told of what happens meanwhile needs it.
    if (notices.getState().state === "on") return;
    this.#stream?.close();
    this.#stream = null;
    this.#pollNever();
  }

  #pollIn(delay: number): void {
    this.#pollNever();
    this.#poll = setTimeout(() => {
      if (document.visibilityState === "visible") void this.read();
      this.#pollIn(POLL_MS);
    }, delay);
  }

  #pollNever(): void {
    if (this.#poll !== null) clearTimeout(this.#poll);
    this.#poll = null;
  }
}

function shelfQuery({ show, q }: InboxQuery, shelf: number, cursor?: string): RunQuery {
  const statuses = shelvesOf(show)[shelf] ?? [];
  const limit = statuses.includes("waiting") || statuses.includes("running") ? OPEN_PAGE : PAGE;
  return { statuses, q, limit, askedOfMe: show === "mine", ...(cursor === undefined ? {} : { cursor }) };
}
