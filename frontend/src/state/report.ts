import type { Report } from "@/protocol";

/** Whether nothing was approved that could have been written from: no success, whoever said so. */
export function isEmpty({ findings, unused, summary, sections }: Report): boolean {
  return [findings, unused, summary, sections].every((each) => each.length === 0);
}

/** How many of the approved findings the report rests on, and how many there are. */
export function usedOf({ findings, unused }: Report): [used: number, all: number] {
  const ids = new Set(unused.map((each) => each.finding));
  const used = findings.filter((finding) => !ids.has(finding.id)).length;
  return [used, used + unused.length];
}
