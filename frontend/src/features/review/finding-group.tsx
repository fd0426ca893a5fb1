import { Fragment } from "react";
import { ConflictBlock } from "@/components/conflict";
import type { Conflict, Finding, ReviewData, Verdict } from "@/protocol";
import type { DecisionDraft } from "@/state/decision-draft";
import { conflictsAbove, isReworded, wordingOf } from "@/state/findings";
import { isTicked } from "@/state/sorting";
import { FindingCard } from "./finding-card";
import { anchorOf } from "./finding-link";

/** What of a draft shows on a card. */
export type Sorted = Pick<DecisionDraft, "unticked" | "never" | "back" | "edits">;

export interface GroupProps {
  data: ReviewData;
  runId: string;
  findings: Finding[];
  sorted: Sorted;
  verdicts: Verdict[];
  against: Map<string, Finding[]>;
  /** Whether new findings have to be told from others. */
  tellsNew: boolean;
  /** Whether these were set aside in an earlier round. */
  aside?: boolean;
  onToggle: (finding: string) => void;
  onNever: (finding: string, reason: string | null) => void;
  onReword: (finding: Finding, claim: string | null) => void;
}

const NONE: Finding[] = [];

/** Some findings, with what cannot both be right said above it. */
export function FindingGroup({ data, findings, sorted, verdicts, aside = false, ...rest }: GroupProps) {
  const { edits } = sorted;
  const above = aside ? new Map<string, Conflict[]>() : conflictsAbove(findings, data.conflicts);
  const kept = (id: string): boolean => (aside ? (sorted.back ?? []).includes(id) : isTicked(id, sorted));
  const among = (conflict: Conflict) => data.findings.filter((finding) => conflict.findings.includes(finding.id));
  return findings.map((finding) => (
    <Fragment key={finding.id}>
      {(above.get(finding.id) ?? []).map((conflict) => (
        <ConflictBlock
          key={conflict.findings.join(" ")}
          why={conflict.why}
          settled={among(conflict).filter((each) => kept(each.id)).length < 2}
          claims={among(conflict).map((each) => ({
            id: each.id,
            text: <a href={`#${anchorOf(each.id)}`}>{wordingOf(each, { edits })}</a>,
          }))}
        />
      ))}
      <FindingCard
        finding={finding}
        sources={data.sources}
        runId={rest.runId}
        kept={kept(finding.id)}
        never={sorted.never?.[finding.id] ?? null}
        aside={aside}
        isNew={rest.tellsNew}
        wording={wordingOf(finding, { edits })}
        reworded={isReworded(finding, { edits })}
        verdict={verdicts.find((each) => each.id === finding.id)}
        against={rest.against.get(finding.id) ?? NONE}
        onToggle={rest.onToggle}
        onNever={rest.onNever}
        onReword={rest.onReword}
      />
    </Fragment>
  ));
}
