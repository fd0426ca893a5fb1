import type { Finding, RecordedDecision } from "@/protocol";
import { countEvidence } from "./findings";

/** What a decision did, as it was recorded: what its client sent, and what its prose was read as. */
export interface DecisionRecord {
  aside: number;
  never: number;
  search: string[];
  leaveOut: string[];
  limits: { from: string | null; to: string | null; sources: string[] } | null;
  note: string;
  added: number;
  text: number;
  unsure: string[];
}

export function recordOf(decision: RecordedDecision, findings: Finding[]): DecisionRecord {
  const { read } = decision;
  const both = (sent: string[], understood: string[] = []): string[] => [...new Set([...sent, ...understood])];
  const drop = { ...read?.drop, ...decision.drop };
  const limits = read?.limits ?? decision.limits;
  const keep = decision.keep === null ? null : both(decision.keep, read?.keep ?? []);
  const shown = findings.map(({ id }) => id).filter((id) => drop[id] === undefined);
  const sorts = decision.drop !== null && keep !== null;
  return {
    aside: sorts ? countEvidence(shown.filter((id) => !keep.includes(id))) : 0,
    never: countEvidence(Object.keys(drop)),
    search: both(decision.search, read?.search),
    leaveOut: both(decision.leave_out, read?.leave_out),
    limits:
      limits === null ? null : { from: limits.from ?? null, to: limits.to ?? null, sources: limits.sources ?? [] },
    // What was read is what was sent and more.
    note: read?.note || decision.note,
    added: decision.add.length,
    text: decision.text.length,
    unsure: (read?.unsure ?? []).map(({ said }) => said),
  };
}
