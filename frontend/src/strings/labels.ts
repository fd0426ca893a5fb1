import type { Link } from "@/connection/run-connection";
import type { Group } from "@/state/inbox-groups";
import type { Phase, Station } from "@/state/phase";

export const PHASES: Record<Phase, string> = {
  researching: "Researching",
  waiting: "Waiting for your decision",
  writing: "Writing",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** Of a hosted workflow we do not know what it is at. */
export function phaseName(phase: Phase, isReport: boolean): string {
  return !isReport && (phase === "researching" || phase === "writing") ? "Working" : PHASES[phase];
}

export const STATION_NAMES: Record<Station, string> = {
  plan: "Plan",
  search: "Search",
  review: "Review",
  write: "Write",
  done: "Done",
};

export const LINKS: Record<Link, string> = {
  connecting: "Connecting…",
  connected: "Connected",
  reconnecting: "Reconnecting…",
  closed: "",
};

export const GROUPS: Record<Group, string> = {
  waiting: "Needs a decision",
  running: "Running",
  today: "Today",
  yesterday: "Yesterday",
  week: "Last week",
  earlier: "Earlier",
};
