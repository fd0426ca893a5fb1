import { SourceName } from "@/components/source-name";
import { originOf } from "@/components/source-origin";
import { Copies, Facts } from "@/components/source-place";
import type { Finding, Source } from "@/protocol";
import { quotedFrom } from "@/state/findings";
import { reviewText as words } from "@/strings";
import styles from "./review.module.css";

/** The sources with what they carry; one whose findings are all dropped is struck through. */
export function SourceList({ findings, sources, kept }: { findings: Finding[]; sources: Source[]; kept: string[] }) {
  const carrying = sources
    .map((source) => ({ source, findings: quotedFrom(source.id, findings) }))
    .filter((each) => each.findings.length > 0);
  if (carrying.length === 0) return null;
  return (
    <section className={styles.sources} aria-label={words.sources}>
      <h2 className="label">{words.sources}</h2>
      <ol>
        {carrying.map(({ source, findings: carried }) => {
          const left = carried.filter((finding) => kept.includes(finding.id)).length;
          const name = <SourceName title={source.title} uri={source.uri} />;
          return (
            <li key={source.id}>
              {left === 0 ? <s>{name}</s> : name}
              <small>
                <Facts facts={[left === 0 ? words.droppedSource : words.findings(left), ...originOf(source)]} />
              </small>
              <Copies copies={source.copies} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
