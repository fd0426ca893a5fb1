import { memo, useId } from "react";
import { Rewording } from "@/components/rewording";
import type { Finding, Source, Verdict } from "@/protocol";
import { saysItsQuote } from "@/state/findings";
import { sortingText, reviewText as words } from "@/strings";
import { CardMenu } from "./card-menu";
import { Claim } from "./claim";
import styles from "./finding.module.css";
import { anchorOf } from "./finding-link";
import { Quotes } from "./quotes";
import { Strength } from "./strength";
import { VerdictNote } from "./verdict-note";

export interface FindingCardProps {
  finding: Finding;
  sources: Source[];
  runId: string;
  kept: boolean;
  /** Why it is never to be shown again; null where that is not so. */
  never: string | null;
  /** Whether it was set aside in an earlier round. */
  aside?: boolean;
  /** Whether it has to be told from what earlier rounds found. */
  isNew: boolean;
  /** The claim as it reads with what was typed. */
  wording: string;
  /** Whether that says something else than the claim that was found. */
  reworded: boolean;
  /** What the check says of that wording. */
  verdict: Verdict | undefined;
  /** Findings shown beside it that cannot be right if it is. */
  against: Finding[];
  onToggle: (finding: string) => void;
  onNever: (finding: string, reason: string | null) => void;
  onReword: (finding: Finding, claim: string | null) => void;
}

/** A claim with its evidence, and whether it is kept. Where the claim is the quote, it stands there once. */
export const FindingCard = memo(function FindingCard(props: FindingCardProps) {
  const { finding, sources, runId, kept, never, aside = false, wording, reworded, against, onToggle } = props;
  const id = useId();
  return (
    <article
      id={anchorOf(finding.id)}
      data-finding={finding.id}
      tabIndex={-1}
      className={`${styles.finding} ${kept ? "" : styles.dropped}`}
    >
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
          finding={finding}
          wording={wording}
          kept={kept}
          fixed={aside}
          reworded={reworded}
          verdict={isAbout(props.verdict, wording) ? <VerdictNote verdict={props.verdict} /> : null}
          menu={
            <CardMenu claim={wording} never={never !== null} onNever={(reason) => props.onNever(finding.id, reason)} />
          }
          onReword={(claim) => props.onReword(finding, claim)}
        />
        {!reworded && finding.reworded !== null && <Rewording reworded={finding.reworded} />}
        {against.map((other) => (
          <p key={other.id} className={`${styles.note} ${styles.against}`}>
            {words.disagrees} <a href={`#${anchorOf(other.id)}`}>{other.claim}</a>
          </p>
        ))}
        <Quotes finding={finding} sources={sources} runId={runId} said={saysItsQuote(finding) && !reworded}>
          <span className={styles.name}>{finding.id}</span>
          <State {...props} />
          <Strength finding={finding} />
        </Quotes>
      </div>
    </article>
  );
});

function State({ finding, kept, never, aside, isNew, onNever }: FindingCardProps) {
  if (never !== null) {
    return (
      <span>
        {sortingText.neverShown(never)}{" "}
        <button type="button" className="link" onClick={() => onNever(finding.id, null)}>
          {sortingText.undo}
        </button>
      </span>
    );
  }
  if (aside) return <span>{kept ? sortingText.back : sortingText.isAside}</span>;
  if (!kept) return <span>{sortingText.isAside}</span>;
  if (finding.state === "kept") return <span>{words.kept(finding.round)}</span>;
  return isNew ? <span className={styles.new}>{words.fresh}</span> : null;
}

/** Whether a verdict is about what stands there now. */
function isAbout(verdict: Verdict | undefined, wording: string): verdict is Verdict {
  return verdict !== undefined && verdict.text === wording.split(/\s+/).join(" ").trim();
}
