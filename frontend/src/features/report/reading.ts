import type { Report, ReportSource, Sentence } from "@/protocol";
import { evidenceOf, quotesCited } from "./basis";

/** A report as it is read: its units in order, and its quotes in the order in which they are first cited. */
interface Reading {
  units: Sentence[];
  /** What a unit is called in an address: `u1`, `u2`, ... as the server names them. */
  ids: Map<Sentence, string>;
  /** For each source's number the indexes of its quotes; those that no unit cites come last. */
  quotes: Map<number, number[]>;
}

const READ = new WeakMap<Report, Reading>();

/** A report does not change, so each is gone through once. */
export function readingOf(report: Report): Reading {
  const known = READ.get(report);
  if (known !== undefined) return known;
  const units = [...report.summary, ...report.sections.flatMap((section) => section.sentences)];
  const reading = {
    units,
    ids: new Map(units.map((unit, index) => [unit, `u${index + 1}`])),
    quotes: new Map(report.sources.map((source) => [source.n, quotesInOrder(source, units)])),
  };
  READ.set(report, reading);
  return reading;
}

function quotesInOrder(source: ReportSource, units: Sentence[]): number[] {
  const citing = units.filter((unit) => unit.citations.includes(source.n));
  const cited = citing.flatMap((unit) => quotesCited(source, unit));
  return [...new Set([...cited, ...evidenceOf(source).keys()])];
}

/** Most letters behind one number; more of them would say nothing. */
const MOST = 3;

/** "1" for a source with one quote, "1b" for the second of several, "1a,c" for a unit that rests on two of them. */
export function labelOf(report: Report, source: ReportSource, sentence: Sentence): string {
  const letters = quotesCited(source, sentence)
    .map((index) => letterOf(report, source, index))
    .filter((letter) => letter !== "");
  return `${source.n}${letters.slice(0, MOST).join(",")}${letters.length > MOST ? "…" : ""}`;
}

/** Which of its source's quotes one is; empty where it is the only one. */
export function letterOf(report: Report, source: ReportSource, index: number | undefined): string {
  const order = readingOf(report).quotes.get(source.n) ?? [];
  return order.length < 2 || index === undefined ? "" : lettered(order.indexOf(index));
}

/** a, b, ... z, aa, ab, ... */
function lettered(at: number): string {
  const last = String.fromCharCode(97 + (at % 26));
  return at < 26 ? last : lettered(Math.floor(at / 26) - 1) + last;
}
