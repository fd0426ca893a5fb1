import type { Source } from "@/protocol";
import { originText as words } from "@/strings";
import { dayShort, documentDate } from "./clock";

type Told = Pick<Source, "uri" | "kind" | "date" | "superseded" | "origin">;

/** What is known of a source besides its title: "arXiv", "Ada Lovelace et al.", "v2", "May 2019, 7 years old", "retrieved
 * 26 Nov". A document of one's own has a kind and a date. */
export function originOf(source: Told, now: Date = new Date()): string[] {
  const { date, origin } = source;
  return [
    kindOf(source),
    ...(origin.authors.length === 0 ? [] : [words.authors(origin.authors)]),
    ...(origin.version === null ? [] : [origin.version]),
    ...(date === null ? [] : [datedOf(date, now)]),
    ...(source.superseded ? [words.superseded] : []),
    ...(origin.retrieved_at === null ? [] : [words.retrieved(dayShort(origin.retrieved_at, now))]),
  ];
}

/** A server's tool is named in the title, so of its kind only that it is one. */
export function kindOf({ uri, kind }: Pick<Told, "uri" | "kind">): string {
  return words.kinds[kind] ?? (uri.startsWith("mcp:") ? words.tool : kind);
}

/** A document's date, with its age where that is a year or more. */
export function datedOf(date: string, now: Date = new Date()): string {
  const years =
    now.getUTCFullYear() - Number(date.slice(0, 4)) - (date.slice(5) > now.toISOString().slice(5, 10) ? 1 : 0);
  return years >= 1 ? words.aged(documentDate(date), years) : documentDate(date);
}
