import type { Usage } from "@/protocol";

export interface UsageTotals {
  calls: number;
  tokens: number;
  seconds: number;
  cost: number | null;
  /** What the run may use at most; null is no limit. */
  budget: number | null;
}

/** What a model was asked, summed up; null when none was. */
export function totalsOf(usage: Usage | null): UsageTotals | null {
  if (usage === null || usage.stages.length === 0) return null;
  const sum = (of: (stage: Usage["stages"][number]) => number): number =>
    usage.stages.reduce((total, stage) => total + of(stage), 0);
  return {
    calls: sum((stage) => stage.calls),
    tokens: sum((stage) => stage.prompt_tokens + stage.completion_tokens),
    seconds: sum((stage) => stage.seconds),
    cost: usage.cost,
    budget: usage.budget.tokens,
  };
}
