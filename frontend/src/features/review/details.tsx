import type { JsonValue } from "@/protocol";
import { inWords, isRecord } from "@/state/json-schema";
import { responseText as words } from "@/strings";
import styles from "./hosted-review.module.css";

/** What else a hosted workflow's question carries. Its words are shown already. */
export function Details({ details, shown }: { details: Record<string, JsonValue>; shown: string }) {
  const entries = Object.entries(details).filter(([, value]) => !isNothing(value));
  // A key tells questions without words apart; beside words it is of no use to people.
  const hasWords = entries.some(([, value]) => value === shown);
  const rest = entries.filter(([name, value]) => value !== shown && !(hasWords && name === "key"));
  if (rest.length === 0) return null;
  return (
    <dl className={styles.details} aria-label={words.details}>
      {rest.map(([name, value]) => (
        <div key={name}>
          <dt>{inWords(name)}</dt>
          <dd dir="auto">
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}

/** A list of objects is a table, a list of words a list, an object its names with their values; the rest as JSON. */
function Value({ value }: { value: JsonValue }) {
  if (isScalar(value)) return typeof value === "string" ? value : <code>{JSON.stringify(value)}</code>;
  const rows = Array.isArray(value) ? value : [value];
  if (rows.every(isRow)) return <Table rows={rows} />;
  if (rows.every(isScalar)) {
    return (
      <ul className={styles.list}>
        {rows.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a question never changes
          <li key={index}>{String(each)}</li>
        ))}
      </ul>
    );
  }
  return <code>{JSON.stringify(value)}</code>;
}

function Table({ rows }: { rows: Row[] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {inWords(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a question never change
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>{row[column] == null ? "" : String(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Row = Record<string, string | number | boolean | null>;

function isScalar(value: JsonValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}

function isRow(value: JsonValue): value is Row {
  return isRecord(value) && Object.values(value as Record<string, JsonValue>).every(isScalar);
}
