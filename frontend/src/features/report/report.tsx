import type { ReactNode } from "react";
import { Fold } from "@/components/fold";
import type { Report as ReportData } from "@/protocol";
import { headingOf, subtitleOf } from "@/state/title";
import { reportText as words } from "@/strings";
import "./print.css";
import { Approvals, Facts } from "./approvals";
import { Blocks } from "./blocks";
import { Changed } from "./changed";
import { Conflicts } from "./conflicts";
import layout from "./layout.module.css";
import { Legend } from "./legend";
import { Made } from "./made";
import styles from "./report.module.css";
import { Sources } from "./sources";
import { Strip } from "./strip";
import { Take } from "./take";

interface ReportProps {
  report: ReportData;
  runId: string;
  /** Whether it is the result of its run, not a text that waits to be approved. */
  released?: boolean;
  /** The report as the server wrote it. */
  markdown?: string;
  /** What else can be done with it. */
  actions?: ReactNode;
  /** What follows it in the same column. */
  children?: ReactNode;
}

/** The finished report, set as an article. */
export function Report({ report, runId, released = true, markdown, actions, children }: ReportProps) {
  const subtitle = subtitleOf(report);
  return (
    <div className={`${layout.layout} ${released ? layout.released : ""}`}>
      <nav className={layout.contents} aria-label={words.contents}>
        <Parts report={report} />
      </nav>
      <section className={styles.article} aria-label={words.region} data-report>
        <div className={layout.tools} data-screen-only>
          <Fold className={layout.fold} label={words.contents}>
            <nav aria-label={words.contents}>
              <Parts report={report} />
            </nav>
          </Fold>
          {released && (
            <Take report={report} runId={runId} markdown={markdown}>
              {actions}
            </Take>
          )}
        </div>
        <h1 dir="auto">{headingOf(report)}</h1>
        {subtitle !== "" && (
          <p className={styles.subtitle} dir="auto">
            {subtitle}
          </p>
        )}
        <Approvals report={report} />
        <Legend report={report} />
        <Summary report={report} runId={runId} />
        <Facts report={report} />
        <Strip report={report} />
        <Conflicts report={report} />
        {report.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished report does not change
          <div key={index}>
            {section.heading !== "" && (
              <h2 id={`section-${index + 1}`} dir="auto">
                {section.heading}
              </h2>
            )}
            <Blocks units={section.sentences} blocks={section.blocks} report={report} runId={runId} />
          </div>
        ))}
        <NotFound lines={report.not_found} />
        <Changed report={report} />
        <Removed report={report} />
        <Unused report={report} />
        <Sources report={report} runId={runId} />
        <Made report={report} />
        <div data-screen-only>{children}</div>
      </section>
    </div>
  );
}

function Parts({ report }: { report: ReportData }) {
  return partsOf(report).map((part) => (
    <a key={part.id} href={`#${part.id}`} dir="auto">
      {part.title}
    </a>
  ));
}

function partsOf(report: ReportData): { id: string; title: string }[] {
  const part = (id: string, title: string, length: number) => (length > 0 ? [{ id, title }] : []);
  return [
    ...part("summary", words.summary, report.summary.length),
    ...part("conflicts", words.conflicts, report.conflicts.length),
    ...report.sections.map((section, index) => ({ id: `section-${index + 1}`, title: section.heading })),
    ...part("not-found", words.notFound, report.not_found.length),
    ...part("changed", words.changed, report.changed.length),
    ...part("removed", words.removed, report.removed.length),
    ...part("unused", words.unused, report.unused.length),
    ...part("sources", words.sources, report.sources.length),
    ...part("made", words.made, 1),
  ].filter(({ title }) => title !== "");
}

/** The answer in brief, cited like everything else. */
function Summary({ report, runId }: { report: ReportData; runId: string }) {
  if (report.summary.length === 0) return null;
  return (
    <div className={styles.summary}>
      <h2 id="summary">{words.summary}</h2>
      <Blocks units={report.summary} blocks={report.summary_blocks} report={report} runId={runId} />
    </div>
  );
}

function NotFound({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2 id="not-found">{words.notFound}</h2>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}

function Removed({ report }: { report: ReportData }) {
  if (report.removed.length === 0) return null;
  return (
    <>
      <h2 id="removed">{words.removed}</h2>
      <ul className={styles.lines}>
        {report.removed.map((sentence) => (
          <li key={sentence.text} dir="auto">
            <s>{sentence.text}</s> <small>{sentence.why}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Approved findings that nothing in the report rests on. */
function Unused({ report }: { report: ReportData }) {
  if (report.unused.length === 0) return null;
  return (
    <>
      <h2 id="unused">{words.unused}</h2>
      <ul className={styles.lines}>
        {report.unused.map((each) => (
          <li key={each.finding} dir="auto">
            {each.claim} <small>{each.why}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
