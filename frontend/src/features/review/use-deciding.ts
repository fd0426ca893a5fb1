import { type ReactNode, useMemo, useState } from "react";
import { useSignature } from "@/components/signature";
import type { Decision, Reading, Verdict } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import { useReading } from "@/state/hooks";
import type { RunSession } from "@/state/session";
import type { ReviewDecision } from "@/state/sorting";
import { type Item, itemsOf, type Move, type Wishes, wishesOf } from "@/state/wishes";

interface DecidingOptions {
  session: RunSession;
  runId: string;
  review: number;
  draft: DecisionDraft;
  change: (next: (before: DecisionDraft) => DecisionDraft) => void;
  /** The decision as it is sent, with the feedback as it was read; null where nobody has read it. */
  answer: (response: Decision, reading: Reading | null) => ReviewDecision;
}

interface Deciding {
  /** What the feedback was read as, point by point. */
  items: Item[];
  /** Why no model read it though one was to. */
  fallback: string;
  /** The same as fields; undefined as long as the latest words were not read. */
  wishes: Wishes | undefined;
  stale: boolean;
  verdicts: Verdict[];
  /** The decision that waits to be read before it is sent. */
  settling: Decision | null;
  decide: (response: Decision) => void;
  move: (key: string, made: Move) => void;
  /** Asks for a name; has to be rendered. */
  dialog: ReactNode;
}

const NONE: Verdict[] = [];

/** A decision from what is typed to what is sent: read aloud while it is typed, and signed. One press sends it. */
export function useDeciding({ session, runId, review, draft, change, answer }: DecidingOptions): Deciding {
  const [settling, setSettling] = useState<Decision | null>(null);
  const { sign, dialog } = useSignature();
  const feedback = draft.feedback.trim();
  const { edits } = draft;
  const request = useMemo(() => ({ response: "reject", feedback, edits: sayingSomething(edits) }), [feedback, edits]);
  const { reading, current, settled } = useReading(runId, review, request);
  const items = feedback === "" ? [] : itemsOf(reading, draft.moves);
  const wishes = useMemo(
    () => (current && reading !== null ? wishesOf(itemsOf(reading, draft.moves), reading) : undefined),
    [current, reading, draft.moves],
  );
  const decide = (response: Decision): void =>
    sign((by) => {
      const send = (known: Reading | null): void => {
        const decision = { ...answer(response, feedback === "" ? null : known), review, by };
        const responseId = session.decide(decision);
        change((before) => ({ ...before, responseId }));
      };
      if (current) return send(reading);
      setSettling(response);
      void settled().then((known) => {
        setSettling(null);
        send(known);
      });
    });
  const move = (key: string, made: Move): void =>
    change((before) => ({ ...before, moves: { ...before.moves, [key]: made } }));
  const fallback = reading?.fallback ?? "";
  return { items, fallback, wishes, stale: !current, verdicts: reading?.edits ?? NONE, settling, decide, move, dialog };
}

function sayingSomething(edits: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(edits).filter(([, text]) => text.trim() !== ""));
}
