import { LazyMarkdown } from "@/components/lazy-markdown";
import type { JsonValue } from "@/protocol";
import { resultText as words } from "@/strings";
import styles from "./result.module.css";

/** What a hosted workflow came to: a text as Markdown, anything else as data. */
export function Result({ markdown, result }: { markdown: string; result: JsonValue }) {
  if (result === null) return <p className={styles.nothing}>{words.nothing}</p>;
  const isText = typeof result === "string";
  return (
    <section aria-label={words.region} className={styles.result}>
      {!isText && isJson(markdown) ? (
        <Data result={result} />
      ) : (
        <>
          <LazyMarkdown text={markdown} />
          {!isText && (
            <details>
              <summary>{words.data}</summary>
              <Data result={result} />
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Data({ result }: { result: JsonValue }) {
  return (
    // The frame scrolls sideways, so a keyboard has to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre className={styles.data} tabIndex={0}>
      {JSON.stringify(result, null, 2)}
    </pre>
  );
}

/** A workflow without words of its own says its result as JSON; then there is nothing to add to the data. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
