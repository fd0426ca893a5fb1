import { assertNever, type Status } from "@/protocol";
import { leadsTo } from "./decision";
import { type Entry, openReview, REPORT_REVIEW, type RunView } from "./run";

/** Where a run stands, in the page's six words. */
export type Phase = "researching" | "waiting" | "writing" | "done" | "failed" | "cancelled";

/** The five stations of the stage bar. */
export const STATIONS = ["plan", "search", "review", "write", "done"] as const;
export type Station = (typeof STATIONS)[number];

export function phaseOf(view: RunView): Phase {
  const status = view.run?.status;
  // While the log is being replayed its middle is not news: say where the run stands.
  if (status !== undefined && status !== "running" && !isCaughtUp(view)) return phaseOfStatus(status);
  if (view.ending !== null) return phaseOfEnding(view.ending.kind);
  if (openReview(view) !== null) return "waiting";
  return workStation(view.entries) === "write" ? "writing" : "researching";
}

export function stationOf(view: RunView): Station {
  const phase = phaseOf(view);
  if (phase === "done") return "done";
  if (phase === "waiting") return openReview(view)?.data.kind === REPORT_REVIEW ? "write" : "review";
  return workStation(view.entries);
}

/** Whether everything that had happened when the page connected was read. */
function isCaughtUp(view: RunView): boolean {
  return view.run !== null && view.lastSeq >= view.run.last_seq;
}

export function phaseOfStatus(status: Status): Phase {
  switch (status) {
    case "running":
      return "researching";
    case "waiting":
      return "waiting";
    case "completed":
      return "done";
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
    default:
      return assertNever(status);
  }
}

function phaseOfEnding(kind: "report" | "result" | "failed" | "cancelled"): Phase {
  switch (kind) {
    case "report":
    case "result":
      return "done";
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
    default:
      return assertNever(kind);
  }
}

/** The station of the last entry that tells one; a resumed run goes on where it was. */
function workStation(entries: Entry[]): Station {
  for (const entry of entries.toReversed()) {
    const station = stationOfEntry(entry);
    if (station !== null) return station;
  }
  return "plan";
}

function stationOfEntry(entry: Entry): Station | null {
  if (entry.kind === "notice") return null;
  if (entry.kind === "review") {
    if (entry.data.kind === REPORT_REVIEW) return "write";
    return entry.decision === null ? "review" : leadsTo(entry.decision.kind);
  }
  return STATION_OF_STAGE[entry.stage] ?? null;
}

const STATION_OF_STAGE: Record<string, Station> = {
  plan: "plan",
  search: "search",
  findings: "search",
  step: "search",
  write: "write",
  check: "write",
};
