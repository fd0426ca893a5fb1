import { memo, useId } from "react";
import { Rewording } from "@/components/rewording";
import type { Finding, Source } from "@/protocol";
import { reviewText as words } from "@/strings";
import { Claim } from "./claim";
import styles from "./finding.module.css";
import { anchorOf } from "./finding-link";
import { Quotes } from "./quotes";
import { Strength } from "./strength";

export interface FindingCardProps {
  finding: Finding;
  sources: Source[];
  runId: string;
  kept: boolean;
  /** The claim as it reads with what was typed. */
  wording: string;
  /** Whether that says something else than the claim that was found. */
  reworded: boolean;
  /** Findings shown beside it that cannot be right if it is. */
  against: Finding[];
  onToggle: (finding: string) => void;
  onReword: (finding: Finding, claim: string | null) => void;
}

/** A claim with its evidence, and whether it is kept. */
export const FindingCard = memo(function FindingCard(props: FindingCardProps) {
  const { finding, sources, runId, kept, wording, reworded, against, onToggle, onReword } = props;
  const id = useId();
  return (
    <article id={anchorOf(finding.id)} tabIndex={-1} className={`${styles.finding} ${kept ? "" : styles.dropped}`}>
      <input
        id={id}
        className={styles.box}
        type="checkbox"
        checked={kept}
        onChange={() => onToggle(finding.id)}
        // While the claim is being worded anew there is no label.
        aria-label={wording.trim() === "" ? finding.claim : wording}
      />
      <div className={styles.body}>
        <Claim
          box={id}
          found={finding.claim}
          wording={wording}
          kept={kept}
          reworded={reworded}
          onReword={(claim) => onReword(finding, claim)}
        />
        {!reworded && finding.reworded !== null && <Rewording reworded={finding.reworded} />}
        {against.map((other) => (
          <p key={other.id} className={`${styles.note} ${styles.against}`}>
            {words.disagrees} <a href={`#${anchorOf(other.id)}`}>{other.claim}</a>
          </p>
        ))}
        <Quotes finding={finding} sources={sources} runId={runId} />
        <p className={styles.facts}>
          <State finding={finding} kept={kept} />
          <Strength finding={finding} />
        </p>
      </div>
    </article>
  );
});

function State({ finding, kept }: { finding: Finding; kept: boolean }) {
  if (!kept) return <span>{words.dropped}</span>;
  if (finding.state === "new") return <span className={styles.new}>{words.fresh}</span>;
  return <span>{words.kept(finding.round)}</span>;
}
