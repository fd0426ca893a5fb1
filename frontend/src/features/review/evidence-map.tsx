import { useState } from "react";
import { Fold } from "@/components/fold";
import type { ReviewData } from "@/protocol";
import { evidenceIn, matchWord, quotedFrom } from "@/state/findings";
import { type MapRow, mapOf } from "@/state/parts";
import { evidenceText, sortingText as words } from "@/strings";
import { anchorOf } from "./finding-link";
import styles from "./map.module.css";

/** Where there is no room beside the findings it is folded above them. */
const BESIDE = "(min-width: 1101px)";

/** What there is on each part of the question, by document: the contents of the review, and its gaps. */
export function EvidenceMap({ data }: { data: ReviewData }) {
  const [open, setOpen] = useState(() => window.matchMedia?.(BESIDE).matches ?? true);
  const evidence = evidenceIn(data.findings);
  const sources = data.sources.filter((source) => quotedFrom(source.id, evidence).length > 0);
  const rows = mapOf(evidence, data.parts).filter((row) => row.leadsTo !== null);
  if (rows.length < 2) return null;
  return (
    <Fold className={styles.map} label={words.map} open={open} onToggle={setOpen}>
      {/* It scrolls within itself, so a keyboard has to reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className={styles.scroll} aria-label={words.map} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">{words.mapPart}</span>
              </th>
              {sources.map((source, index) => (
                <th key={source.id} scope="col" title={source.title}>
                  <span aria-hidden="true">{index + 1}</span>
                  <span className="sr" dir="auto">
                    {source.title}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.part.topic} row={row} sources={sources} />
            ))}
          </tbody>
        </table>
      </section>
    </Fold>
  );
}

function Row({ row: { part, leadsTo, dots }, sources }: { row: MapRow; sources: ReviewData["sources"] }) {
  const isGap = dots.size === 0;
  return (
    <tr>
      <th scope="row" dir="auto">
        <a href={`#${anchorOf(leadsTo ?? "")}`}>{part.topic}</a>
      </th>
      {isGap ? (
        <td colSpan={sources.length} className={styles.gap}>
          {words.mapGap}
        </td>
      ) : (
        sources.map((source) => {
          const dot = dots.get(source.id);
          if (dot === undefined) return <td key={source.id} />;
          const word = matchWord(dot);
          const match = word === null ? "" : evidenceText.match[word];
          return (
            <td key={source.id} title={words.mapDot(source.title, match, dot.findings)}>
              <span className={`${styles.dot} ${styles[word ?? "weak"]}`} />
              <span className="sr">{words.mapDot(source.title, match, dot.findings)}</span>
            </td>
          );
        })
      )}
    </tr>
  );
}
