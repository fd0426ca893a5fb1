import { useEffect, useState } from "react";
import { Evidence } from "@/components/evidence";
import { Fold } from "@/components/fold";
import { InContext } from "@/components/in-context";
import { SourceName } from "@/components/source-name";
import { originOf } from "@/components/source-origin";
import { Copies, Facts, placeText } from "@/components/source-place";
import type { Report, ReportSource } from "@/protocol";
import { reportText as words } from "@/strings";
import { evidenceOf } from "./basis";
import cited from "./citation.module.css";
import { letterOf, readingOf } from "./reading";
import styles from "./sources.module.css";

interface OfSource {
  report: Report;
  source: ReportSource;
  runId: string;
}

/** The numbered sources, each in a line or two; a click, or a link to one, opens every passage that was approved. */
export function Sources({ report, runId }: { report: Report; runId: string }) {
  if (report.sources.length === 0) return null;
  return (
    <>
      <h2 id="sources">{words.sources}</h2>
      <ol className={styles.sources}>
        {report.sources.map((source) => (
          <Source key={source.n} report={report} source={source} runId={runId} />
        ))}
      </ol>
    </>
  );
}

function Source({ report, source, runId }: OfSource) {
  const id = `source-${source.n}`;
  const [open, setOpen] = useOpenedBy(id);
  const isCited = readingOf(report).units.some((unit) => unit.citations.includes(source.n));
  const about = [...originOf(source), ...(isCited ? [] : [words.notCited])];
  return (
    <li id={id} value={source.n}>
      <Fold
        open={open}
        onToggle={setOpen}
        beside={
          <>
            <SourceName title={source.title} uri={source.uri} />
            <span className={styles.about}>
              <Facts facts={about} />
            </span>
          </>
        }
        label={
          <>
            {words.quotes(evidenceOf(source).length)} <span className="sr">{words.of(source.title)}</span>
          </>
        }
      >
        <Quotes report={report} source={source} runId={runId} />
      </Fold>
    </li>
  );
}

function Quotes({ report, source, runId }: OfSource) {
  const quotes = evidenceOf(source);
  const order = readingOf(report).quotes.get(source.n) ?? [];
  return (
    <>
      {source.uri !== source.title && <small dir="auto">{source.uri}</small>}
      <Copies copies={source.copies} />
      {order.map((index) => {
        const quote = quotes[index];
        if (quote === undefined) return null;
        const letter = letterOf(report, source, index);
        return (
          <div key={index}>
            <blockquote dir="auto">
              <Evidence quote={quote} around={120} />
            </blockquote>
            <p className={`${cited.origin} ${styles.origin}`}>
              {letter !== "" && (
                <b>
                  {source.n}
                  {letter}
                </b>
              )}
              <span dir="auto">{placeText(source.title, quote.place)}</span>
              <InContext runId={runId} quote={{ ...quote, source: source.id }} title={source.title} findings={[]} />
            </p>
          </div>
        );
      })}
    </>
  );
}

/** Whether something is open; every way to a link to it opens it. */
function useOpenedBy(id: string): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onHash = (): void => {
      if (window.location.hash === `#${id}`) setOpen(true);
    };
    // A second click on the same link changes no address.
    const onClick = ({ target }: MouseEvent): void => {
      if (target instanceof Element && target.closest(`a[href="#${id}"]`) !== null) setOpen(true);
    };
    onHash();
    window.addEventListener("hashchange", onHash);
    document.addEventListener("click", onClick);
    return () => {
      window.removeEventListener("hashchange", onHash);
      document.removeEventListener("click", onClick);
    };
  }, [id]);
  return [open, setOpen];
}
