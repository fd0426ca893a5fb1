import { Fragment } from "react";
import type { StoredPassage } from "@/protocol";
import styles from "./context.module.css";
import { blocksOfPassage, cellsOfLine, type Line, type PassageBlock } from "./passage-lines";
import { TakePassage } from "./take-passage";

/* Nothing in here has a key of its own: a stored passage does not change. */

/** A passage and what stands around it, as what it is made of: headings, paragraphs, lists, tables and code. */
export function PassageView({ passage, source }: { passage: StoredPassage; source: string }) {
  return blocksOfPassage(passage).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>
      <Block block={block} />
      {block.kind !== "heading" && <TakePassage source={source} passage={passage} block={block} />}
    </Fragment>
  ));
}

function Block({ block }: { block: PassageBlock }) {
  switch (block.kind) {
    case "heading":
      return (
        <h3 dir="auto">
          <Text line={block.line} />
        </h3>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} dir="auto">
              <Text line={item} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return <Table {...block} />;
    case "code":
      return (
        <pre dir="ltr">
          <code>
            <Lines lines={block.lines} />
          </code>
        </pre>
      );
    default:
      return (
        <p dir="auto">
          <Lines lines={block.lines} />
        </p>
      );
  }
}

function Table({ header, rows }: { header: boolean; rows: Line[] }) {
  const [head, ...body] = header ? rows : [null, ...rows];
  return (
    <table dir="auto">
      {head != null && (
        <thead>
          <tr>
            {cellsOfLine(head).map((cell, index) =>
              cell.length === 0 ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={index} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <th key={index} scope="col">
                  <Text line={cell} />
                </th>
              ),
            )}
          </tr>
        </thead>
      )}
      <tbody>
        {body.map(
          (row, index) =>
            row !== null && (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index}>
                {cellsOfLine(row).map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <td key={column}>
                    <Text line={cell} />
                  </td>
                ))}
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function Lines({ lines }: { lines: Line[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={index}>
      {index > 0 && "\n"}
      <Text line={line} />
    </span>
  ));
}

/** Text only: nothing from a document is ever HTML. */
function Text({ line }: { line: Line }) {
  return line.map(({ text, kind }, index) =>
    kind === "around" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <span key={index} className={styles.around}>
        {text}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <mark key={index} className={kind === "quote" ? styles.quote : undefined}>
        {text}
      </mark>
    ),
  );
}
