import type { Finding, QuestionPart } from "@/protocol";

/** Findings on one part of the question, the best first. */
export interface Group {
  /** Empty for what is on none of the parts. */
  topic: string;
  /** Id of the gap that says that there is nothing on it. */
  gap: string | null;
  findings: Finding[];
}

/** Each finding below the first part that it is on; parts of the latest round come first. One part alone needs no name. */
export function groupsOf(findings: Finding[], parts: QuestionPart[], gaps: Finding[] = []): Group[] {
  if (parts.length < 2) return [{ topic: "", gap: null, findings }];
  const placed = new Set<string>();
  const groups = parts
    .toSorted((one, other) => other.round - one.round)
    .map(({ topic, gap, findings: ids }) => {
      const own = ids.flatMap((id) => findings.find((each) => each.id === id && !placed.has(id)) ?? []);
      for (const { id } of own) placed.add(id);
      return { topic, gap: gaps.some(({ id }) => id === gap) ? gap : null, findings: own };
    });
  const rest = findings.filter(({ id }) => !placed.has(id));
  return [...groups, { topic: "", gap: null, findings: rest }].filter(
    (group) => group.findings.length > 0 || group.gap !== null,
  );
}

/** A row of the evidence map: how well each source's findings match a part, by the source's id. */
export interface MapRow {
  part: QuestionPart;
  /** The finding that the row leads to: its best, or its gap. */
  leadsTo: string | null;
  dots: Map<string, { match: number | null; near: boolean; findings: number }>;
}

export function mapOf(findings: Finding[], parts: QuestionPart[]): MapRow[] {
  return parts.map((part) => {
    const on = part.findings.flatMap((id) => findings.find((each) => each.id === id) ?? []);
    const dots: MapRow["dots"] = new Map();
    for (const finding of on) {
      for (const source of new Set(finding.quotes.map((quote) => quote.source))) {
        const before = dots.get(source);
        const match = Math.max(before?.match ?? 0, finding.match ?? 0);
        const near = finding.near && (before?.near ?? true);
        dots.set(source, { match: match === 0 ? null : match, near, findings: (before?.findings ?? 0) + 1 });
      }
    }
    return { part, leadsTo: on[0]?.id ?? part.gap, dots };
  });
}

/** A part of the question with what answers it best. */
export interface Answer {
  topic: string;
  /** Null where nothing is shown. */
  best: Finding | null;
  /** Null where it is not said that nothing was found: then what there was is set aside. */
  gap: string | null;
}

/** Parts of the latest round come first. A finding that answers two parts stands beside both. */
export function answersOf(parts: QuestionPart[], findings: Finding[], gaps: Finding[], hasAside: boolean): Answer[] {
  return parts
    .toSorted((one, other) => other.round - one.round)
    .flatMap(({ topic, gap, findings: ids }) => {
      const [best = null] = ids.flatMap((id) => findings.find((each) => each.id === id) ?? []);
      const open = gaps.some(({ id }) => id === gap) ? gap : null;
      return best === null && open === null && !hasAside ? [] : [{ topic, best, gap: open }];
    });
}
