import { Fragment } from "react";
import type { Place, Source } from "@/protocol";
import { originText as originWords, evidenceText as words } from "@/strings";
import { documentDate } from "./clock";
import styles from "./source.module.css";
import { SourceName } from "./source-name";
import { datedOf, kindOf } from "./source-origin";

type Named = Pick<Source, "title" | "uri" | "kind" | "date" | "superseded">;

/**
 * "Web · Guide › Redirects, page 3 · May 2024, 2 years old": where a quote stands, and how old its document is. That it
 * holds no more comes first, where it is seen on a narrow page.
 *
 * @param among All sources that it stands among: where they are of several kinds, it says of which this one is.
 */
export function SourcePlace({ source, place, among }: { source: Named; place: Place; among: Named[] }) {
  const heading = place.heading === source.title ? null : place.heading;
  const mixed = among.some(({ kind }) => kind !== source.kind);
  return (
    <span className={styles.place}>
      {source.superseded && `${originWords.superseded} · `}
      {mixed && `${kindOf(source)} · `}
      <SourceName title={source.title} uri={source.uri} />
      {heading !== null && <span dir="auto"> › {heading}</span>}
      {place.page !== null && `, ${words.page(place.page)}`}
      {source.date !== null && (
        <>
          {" · "}
          <time dateTime={source.date}>{datedOf(source.date)}</time>
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

/** "Wikipedia · May 2019, 7 years old · retrieved 26 Nov": a line breaks between two facts, not within one. */
export function Facts({ facts }: { facts: string[] }) {
  return facts.map((fact, at) => (
    <Fragment key={fact}>
      <span className={styles.fact}>
        {fact}
        {at < facts.length - 1 && " ·"}
      </span>{" "}
    </Fragment>
  ));
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
