import type { Place } from "@/protocol";
import { evidenceText as words } from "@/strings";
import { documentDate } from "./clock";
import styles from "./source.module.css";
import { SourceName } from "./source-name";

interface Named {
  title: string;
  uri: string;
  date: string | null;
}

/** "Guide › Redirects, page 3 · May 2024": where a quote stands, and of what date its document is. */
export function SourcePlace({ source, place }: { source: Named; place: Place }) {
  const heading = place.heading === source.title ? null : place.heading;
  return (
    <span className={styles.place}>
      <SourceName title={source.title} uri={source.uri} />
      {heading !== null && <span dir="auto"> › {heading}</span>}
      {place.page !== null && `, ${words.page(place.page)}`}
      {source.date !== null && (
        <>
          {" · "}
          <time dateTime={source.date}>{documentDate(source.date)}</time>
        </>
      )}
    </span>
  );
}

/** The same without the name, where that stands beside it: "Redirects, page 3 · May 2024"; empty if nothing is known. */
export function placeText(title: string, place: Place, date: string | null = null): string {
  const where = [
    ...(place.heading === null || place.heading === title ? [] : [place.heading]),
    ...(place.page === null ? [] : [words.page(place.page)]),
  ].join(", ");
  return [...(where === "" ? [] : [where]), ...(date === null ? [] : [documentDate(date)])].join(" · ");
}

/** Other documents with the same text: no sources of their own, but good to know. */
export function Copies({ copies }: { copies: string[] }) {
  if (copies.length === 0) return null;
  return (
    <details className={styles.copies}>
      <summary>{words.copies(copies.length)}</summary>
      <ul>
        {copies.map((uri) => (
          <li key={uri}>
            <SourceName title={uri} uri={uri} />
          </li>
        ))}
      </ul>
    </details>
  );
}
