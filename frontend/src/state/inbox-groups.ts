import { assertNever, type RunState } from "@/protocol";

export type Group = "waiting" | "running" | "today" | "yesterday" | "week" | "earlier";

const GROUPS = ["waiting", "running", "today", "yesterday", "week", "earlier"] as const;

/** Which run stands where, by id. */
export type Placement = readonly (readonly [Group, readonly string[]])[];

/** What needs a decision first, then what runs, then what is over, by the reader's own days. */
export function placementOf(runs: readonly RunState[], now: Date): Placement {
  return GROUPS.map((group) => {
    const members = runs.filter((run) => groupOf(run, now) === group);
    // What is open keeps its place whatever happens in it; of what is over, the latest result comes first.
    const open = group === "waiting" || group === "running";
    if (!open) members.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
    return [group, members.map((run) => run.id)] as const;
  }).filter(([, members]) => members.length > 0);
}

/** What would change if `placed` became `wanted`: runs that are new, and runs that stand elsewhere. */
export function differenceOf(placed: Placement, wanted: Placement): { fresh: string[]; moved: string[] } {
  const before = new Map(placed.flatMap(([group, ids]) => ids.map((id) => [id, group] as const)));
  const after = wanted.flatMap(([group, ids]) => ids.map((id) => [id, group] as const));
  return {
    fresh: after.filter(([id]) => !before.has(id)).map(([id]) => id),
    moved: after.filter(([id, group]) => before.has(id) && before.get(id) !== group).map(([id]) => id),
  };
}

function groupOf(run: RunState, now: Date): Group {
  switch (run.status) {
    case "waiting":
      return "waiting";
    case "running":
      return "running";
    case "completed":
    case "failed":
    case "cancelled":
      return dayOf(new Date(run.updated_at), now);
    default:
      return assertNever(run.status);
  }
}

function dayOf(at: Date, now: Date): Group {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Rounded, because a day on which the clock is changed has 23 or 25 hours.
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  return days <= 7 ? "week" : "earlier";
}
