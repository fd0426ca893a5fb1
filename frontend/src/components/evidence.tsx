import type { Quote } from "@/protocol";
import { cellsOf } from "@/state/blocks";
import { reviewText as words } from "@/strings";
import styles from "./evidence.module.css";
import { MarkedText, tight } from "./marked-text";
import { type Passage, splitPassage } from "./passage";

/** What has a question or a term above it, which says what it is about. */
const HEADS: Quote["kind"][] = ["answer", "definition"];
/** Lines of code that are not worth hiding. */
const REST = 2;
/** Cells of a row that have room for short words even on a phone. */
const FEW = 6;

/**
 * A quote as what it is: an item below its lead, a row below its header, an answer below its question, code as code.
 * Made of spans, since it may stand in a paragraph.
 *
 * @param around characters to show on either side of the marked statement; left out, all.
 * @param lines of marked code to show at most, or hardly more; left out, all.
 */
export function Evidence({ quote, around, lines }: { quote: Quote; around?: number; lines?: number }) {
  const passage = splitPassage(quote.text, quote.marked, around);
  const { lead } = quote.place;
  if (quote.kind === "row" && passage.marked !== "") return <Row passage={passage} header={lead} />;
  return (
    <>
      {lead !== null && (
        <span className={`${styles.lead} ${HEADS.includes(quote.kind) ? styles.head : ""}`} dir="auto">
          {lead}
        </span>
      )}
      {quote.kind === "code" ? <Code passage={passage} lines={lines} /> : <MarkedText passage={passage} />}
    </>
  );
}

function Row({ passage, header }: { passage: Passage; header: string | null }) {
  const cells = cellsOf(passage.marked);
  const head = header === null ? [] : cellsOf(header);
  return (
    <>
      {tight(passage.before).trimEnd()}
      {/* biome-ignore-start lint/a11y/useSemanticElements: a table may not stand in a paragraph */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: nothing in it is to be operated */}
      {/* biome-ignore-start lint/suspicious/noArrayIndexKey: a quote does not change */}
      <span role="table" className={`${styles.table} ${cells.length > FEW ? "" : styles.few}`}>
        {head.length > 0 && (
          <span role="row">
            {head.map((cell, index) => (
              // One without a text heads no column.
              <span key={index} role={cell === "" ? "cell" : "columnheader"} dir="auto">
                {cell}
              </span>
            ))}
          </span>
        )}
        <span role="row">
          {cells.map((cell, index) => (
            <span key={index} role="cell" dir="auto">
              {cell !== "" && <mark>{cell}</mark>}
            </span>
          ))}
        </span>
      </span>
      {/* biome-ignore-end lint/suspicious/noArrayIndexKey: a quote does not change */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: nothing in it is to be operated */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: a table may not stand in a paragraph */}
      {tight(passage.after).trimStart()}
    </>
  );
}

/** Code without the lines of backticks around it, which say only that it is code. */
function unfenced(code: string): string {
  return code.replace(/^[ \t]*```[^\n]*\n/, "").replace(/\n[ \t]*```[ \t]*$/, "");
}

function Code({ passage: { before, marked: fenced, after }, lines = Infinity }: { passage: Passage; lines?: number }) {
  const marked = unfenced(fenced);
  if (marked === "")
    return (
      <code className={styles.code} dir="ltr">
        {after}
      </code>
    );
  // The marked lines begin where their line does.
  const indent = /[ \t]*$/.exec(before)?.[0] ?? "";
  const told = marked.split("\n");
  const rest = told.length > lines + REST ? told.length - lines : 0;
  return (
    <>
      {tight(before).trimEnd()}
      <code className={styles.code} dir="ltr">
        {indent}
        <mark>{rest > 0 ? told.slice(0, lines).join("\n") : marked}</mark>
        {rest > 0 && <span className={styles.rest}>{words.moreLines(rest)}</span>}
      </code>
      {tight(after).trimStart()}
    </>
  );
}
