import { type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import type { Block, Sentence } from "@/protocol";
import { reportText as words } from "@/strings";
import styles from "./blocks.module.css";
import { Numbered, type Unit, useCitations } from "./citation";

interface TableProps extends Omit<Unit, "sentence"> {
  block: Block;
  units: Sentence[];
}

/* Nothing in here has a key of its own: a finished report does not change, and a draft only grows. */

/** A table with the numbers of each row in its last cell; what one of them opens stands below it. */
export function Table({ block, units, ...where }: TableProps) {
  const [below, setBelow] = useState<HTMLDivElement | null>(null);
  return (
    <>
      <Wide header={block.header}>
        {units.map((unit, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            {...where}
            sentence={unit}
            cells={block.rows[index] ?? [unit.text]}
            below={below}
          />
        ))}
      </Wide>
      <div ref={setBelow} />
    </>
  );
}

/** A table that scrolls by itself where it is wide. */
export function Wide({ header, children }: { header: string[]; children: ReactNode }) {
  return (
    <figure
      className={styles.wide}
      aria-label={words.table}
      // It may scroll sideways, so a keyboard has to reach it.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
    >
      <table dir="auto">
        {header.some((cell) => cell !== "") && (
          <thead>
            <tr>
              {header.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <Head key={index} text={cell} />
              ))}
            </tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </figure>
  );
}

/** A cell without a text heads no column. */
function Head({ text }: { text: string }) {
  if (text === "") return <td />;
  return (
    <th scope="col" dir="auto">
      {text}
    </th>
  );
}

export function Cells({ cells }: { cells: string[] }) {
  return cells.map((cell, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <td key={index} dir="auto">
      {cell}
    </td>
  ));
}

function Row({ cells, below, ...cited }: Unit & { cells: string[]; below: HTMLElement | null }) {
  const { numbers, preview, panel, unit } = useCitations(cited);
  return (
    <tr {...unit}>
      <Cells cells={cells.slice(0, -1)} />
      <td dir="auto">
        <Numbered text={cells.at(-1) ?? ""} numbers={numbers} />
        {preview}
        {below !== null && createPortal(panel, below)}
      </td>
    </tr>
  );
}
