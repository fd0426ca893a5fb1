import { type KeyboardEvent, useRef, useState } from "react";
import type { Report, Sentence, Unused } from "@/protocol";
import { useDoubts } from "@/state/hooks";
import { markOf, stripText as words } from "@/strings";
import { sourcesOf } from "./basis";
import { MarkSign } from "./mark-sign";
import { readingOf } from "./reading";
import styles from "./strip.module.css";

/** Characters of a text that tell it from the others. */
const CLIPPED = 60;

/** In the place of a mark: evidence that no unit rests on. */
const UNUSED = "unused";

interface Cell {
  href: string;
  name: string;
  mark: string | null;
  /** Numbers of the documents. */
  from: number[];
}

/** The report at a glance: a cell for each unit, and a hollow one for evidence that was approved and not used. */
export function Strip({ report }: { report: Report }) {
  const [at, setAt] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const parts = partsOf(report, useDoubts());
  const order = parts.flat();
  if (order.length === 0) return null;

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    const to = (next + order.length) % order.length;
    setAt(to);
    bar.current?.querySelectorAll("a")[to]?.focus();
  };
  return (
    <div className={styles.strip} data-screen-only>
      <div ref={bar} role="toolbar" aria-label={words.region} className={styles.parts} onKeyDown={onKeyDown}>
        {parts.map((cells) => (
          <div key={cells[0]?.name} className={styles.part}>
            {cells.map((cell) => {
              const index = order.indexOf(cell);
              return (
                <a
                  key={cell.name}
                  className={`${styles.cell} ${cell.mark === UNUSED ? styles.hollow : ""}`}
                  href={cell.href}
                  aria-label={cell.name}
                  title={cell.name}
                  tabIndex={index === at ? 0 : -1}
                  onFocus={() => setAt(index)}
                >
                  {cell.mark !== UNUSED && <MarkSign mark={cell.mark} />}
                  <span>{cell.from.length > 1 ? `${cell.from[0]}+` : cell.from[0]}</span>
                </a>
              );
            })}
          </div>
        ))}
      </div>
      <p className={styles.hint}>
        {words.hint} {order.some((cell) => cell.mark === UNUSED) && words.hollow}{" "}
        <span className="sr">{words.keys}</span>
      </p>
    </div>
  );
}

/** The cells of the summary, of each section, and of what was not used; none is empty. */
function partsOf(report: Report, doubts: boolean): Cell[][] {
  const { ids } = readingOf(report);
  const parts = [report.summary, ...report.sections.map((section) => section.sentences)];
  const told = parts.map((units) => units.map((unit) => cellOf(unit, ids.get(unit) ?? "", report, doubts)));
  return [...told, report.unused.map((unused) => hollow(unused, report))].filter((cells) => cells.length > 0);
}

function cellOf(unit: Sentence, id: string, report: Report, doubts: boolean): Cell {
  const sources = report.sources.filter((source) => unit.citations.includes(source.n));
  const from = words.from(sources.map((source) => source.title));
  const name = words.cell(Number(id.slice(1)), markOf(unit, doubts), from, clipped(unit.text));
  return { href: `#${id}`, name, mark: unit.mark, from: sources.map((source) => source.n) };
}

/** It leads to its quotes in the list of sources. */
function hollow({ finding, claim, why }: Unused, report: Report): Cell {
  const found = report.findings.find((each) => each.id === finding);
  const from = found === undefined ? [] : sourcesOf(found, report);
  return {
    href: from[0] === undefined ? "#sources" : `#source-${from[0].n}`,
    name: words.unused(clipped(claim), why),
    mark: UNUSED,
    from: from.map((source) => source.n),
  };
}

function clipped(text: string): string {
  return text.length <= CLIPPED ? text : `${text.slice(0, CLIPPED - 1).trimEnd()}…`;
}
