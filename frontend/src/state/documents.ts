import { createStore } from "zustand/vanilla";
import { addDocument, Refused, readDocuments, removeDocument } from "@/connection/documents";
import type { LibraryPage } from "@/protocol";

export interface Sending {
  id: number;
  name: string;
  /** How much has gone out, from 0 to 1. */
  share: number;
  /** Why it was not taken. */
  problem: string | null;
}

export interface DocumentsView {
  page: LibraryPage | null;
  q: string;
  limit: number;
  unreachable: boolean;
  sending: Sending[];
}

const FIRST = 100;
const MOST = 500;
const SOON_MS = 1_000;
const LATER_MS = 10_000;

export const documents = createStore<DocumentsView>(() => ({
  page: null,
  q: "",
  limit: FIRST,
  unreachable: false,
  sending: [],
}));

let again: (() => void) | null = null;
let sent = 0;

/** Reads the list as long as it is shown: soon again while a document is being read. Returns a function that stops. */
export function watchDocuments(): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const read = async (): Promise<void> => {
    clearTimeout(timer);
    asked += 1;
    const own = asked;
    const { q, limit } = documents.getState();
    let soon = true;
    try {
      const page = await readDocuments(q, limit, abort.signal);
      // What was asked before something changed says what was so then.
      if (own !== asked) return;
      documents.setState({ page, unreachable: false });
      soon = page.documents.some((each) => each.state === "reading");
    } catch {
      if (own !== asked) return;
      if (!abort.signal.aborted) documents.setState({ unreachable: true });
    }
    if (!abort.signal.aborted) timer = setTimeout(read, soon ? SOON_MS : LATER_MS);
  };
  again = () => void read();
  void read();
  return () => {
    again = null;
    clearTimeout(timer);
    abort.abort();
  };
}

export function findDocuments(q: string): void {
  documents.setState({ q });
  again?.();
}

export function showAllDocuments(): void {
  documents.setState({ limit: MOST });
  again?.();
}

/** Sends files one after the other; what is refused stays in the list with the reason. */
export async function addDocuments(files: readonly File[], by: string, failed: string): Promise<void> {
  const ids = files.map((file) => {
    sent += 1;
    const sending: Sending = { id: sent, name: file.name, share: 0, problem: null };
    documents.setState(({ sending: others }) => ({ sending: [...others, sending] }));
    return sent;
  });
  for (const [at, file] of files.entries()) {
    const id = ids[at] ?? 0;
    try {
      await addDocument(file, by, (share) => change(id, { share }));
      forgetSending(id);
      again?.();
    } catch (error) {
      change(id, { problem: error instanceof Refused ? error.message : failed });
    }
  }
}

export function forgetSending(id: number): void {
  documents.setState(({ sending }) => ({ sending: sending.filter((each) => each.id !== id) }));
}

export async function takeOutDocument(name: string): Promise<boolean> {
  try {
    await removeDocument(name);
  } catch {
    return false;
  }
  documents.setState(({ page }) => ({
    page: page && { ...page, documents: page.documents.filter((each) => each.name !== name), total: page.total - 1 },
  }));
  again?.();
  return true;
}

function change(id: number, part: Partial<Sending>): void {
  documents.setState(({ sending }) => ({
    sending: sending.map((each) => (each.id === id ? { ...each, ...part } : each)),
  }));
}
