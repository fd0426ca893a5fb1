import type { Block, Report, Sentence } from "@/protocol";
import { blocksOf, type Shown } from "@/state/blocks";
import styles from "./blocks.module.css";
import { Cited, type Unit, useCitations } from "./citation";
import { Table } from "./table";

interface BlocksProps {
  units: Sentence[];
  blocks: Block[];
  report: Report;
  runId: string;
}

/** The units of a section as what they form, each with the numbers of its sources. */
export function Blocks({ units, blocks, ...where }: BlocksProps) {
  return blocksOf(units, blocks).map((shown, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a finished report does not change
    <div key={index}>
      {shown.lead !== null && (
        <p dir="auto" className={styles.lead}>
          <Cited {...where} sentence={shown.lead} />
        </p>
      )}
      <Form {...where} {...shown} />
    </div>
  ));
}

/* Nothing in here has a key of its own: a finished report does not change. */
function Form({ block, units, ...where }: Shown & Omit<Unit, "sentence">) {
  switch (block.kind) {
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={styles.list}>
          {units.map((unit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} dir="auto">
              <Cited {...where} sentence={unit} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return <Table {...where} block={block} units={units} />;
    case "code":
      return units.map((unit, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Code key={index} {...where} sentence={unit} />
      ));
    default:
      return (
        <p dir="auto">
          {units.map((unit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span key={index}>
              <Cited {...where} sentence={unit} />{" "}
            </span>
          ))}
        </p>
      );
  }
}

/** Code with its lines as they are, and its numbers below. */
function Code(cited: Unit) {
  const { numbers, preview, panel, unit } = useCitations(cited);
  return (
    <figure className={styles.code} {...unit}>
      <pre dir="ltr">
        <code>{cited.sentence.text}</code>
      </pre>
      <figcaption>{numbers}</figcaption>
      {preview}
      {panel}
    </figure>
  );
}
