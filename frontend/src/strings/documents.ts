import { count } from "./counting";

export const documents = {
  title: "Documents",
  link: "Documents",
  back: "All questions",
  lead: "What questions are answered from. Drop files anywhere on this page to add them.",
  choose: "Add documents",
  drop: "Drop to add",
  find: "Find a document",
  loading: "Reading the list…",
  unreachable: "The server does not answer. It is asked again by itself.",
  none: "No documents yet. Drop some here, or choose them: text, PDF, Word, spreadsheets, slides, mails, books.",
  noMatch: (q: string): string => `No document matches “${q}”.`,
  states: { searched: "", reading: "being read", left_out: "not searched" },
  size: (bytes: number): string =>
    bytes < 1_000
      ? `${bytes} B`
      : bytes < 1_000_000
        ? `${Math.round(bytes / 1_000)} kB`
        : `${(bytes / 1_000_000).toFixed(1)} MB`,
  uploading: (name: string, share: number): string => `${name}: ${Math.round(share * 100)} % sent`,
  refused: (why: string): string => `Not added: ${why}`,
  failed: "The server did not take it. Try again in a moment.",
  remove: "Remove",
  removeNamed: (name: string): string => `Remove ${name}`,
  sure: "Really remove",
  removed: (name: string): string => `${name} is removed. Reports keep what they quote from it.`,
  pick: (name: string): string => `Ask ${name}`,
  ask: (n: number): string => `Ask only ${n === 1 ? "this one" : `these ${n}`}`,
  clear: "Clear",
  more: (n: number): string => `Show all ${count(n, "document")}`,
  only: "Only",
  dropOnly: (name: string): string => `Do not ask only ${name}`,
};
