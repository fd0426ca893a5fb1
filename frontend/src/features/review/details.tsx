import type { JsonValue } from "@/protocol";
import { inWords } from "@/state/json-schema";
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
          <dd dir="auto">{typeof value === "string" ? value : <code>{JSON.stringify(value)}</code>}</dd>
        </div>
      ))}
    </dl>
  );
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}
