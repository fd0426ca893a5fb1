import { createContext, useContext } from "react";

/** A passage of a document; offsets are those of its characters in the document's text. */
export interface TakenPassage {
  source: string;
  start: number;
  end: number;
  text: string;
}

interface Taking {
  taken: TakenPassage[];
  /** Takes a passage as a finding of its own, or, if it was taken, takes that back. */
  onTake: (passage: TakenPassage) => void;
}

const Context = createContext<Taking | null>(null);

/** Where passages of documents can be taken, by whoever reads them in context. */
export const TakingProvider = Context.Provider;

export function useTaking(): Taking | null {
  return useContext(Context);
}
