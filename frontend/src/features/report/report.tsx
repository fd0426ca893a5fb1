import { clockMoment } from "@/components/clock";
import { Stamp } from "@/components/stamp";
import type { Report as ReportData, Section } from "@/protocol";
import { count, inboxText, stampText, reportText as words } from "@/strings";
import { Cited } from "./citation";
import styles from "./report.module.css";
import { Sources } from "./sources";

/** The finished report, set as an article. */
export function Report({ report }: { report: ReportData }) {
  const parts = [
    ...report.sections.map((section, index) => ({ id: `section-${index + 1}`, title: section.heading })),
    ...(report.not_found.length > 0 ? [{ id: "not-found", title: words.notFound }] : []),
    ...(report.removed.length > 0 ? [{ id: "removed", title: words.removed }] : []),
    ...(report.sources.length > 0 ? [{ id: "sources", title: words.sources }] : []),
  ];
  return (
    <div className={styles.layout}>
      <nav className={styles.contents} aria-label={words.contents}>
        {parts.map((part) => (
          <a key={part.id} href={`#${part.id}`}>
            {part.title}
          </a>
        ))}
      </nav>
      <section className={styles.article} aria-label={words.region}>
        <h1 dir="auto">{report.title}</h1>
        <Facts report={report} />
        <Approvals report={report} />
        {report.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished report does not change
          <Part key={`section-${index + 1}`} id={`section-${index + 1}`} section={section} report={report} />
        ))}
        <Lines id="not-found" title={words.notFound} lines={report.not_found} />
        <Removed report={report} />
        <Sources sources={report.sources} />
        {report.note !== "" && <p className={styles.note}>{report.note}</p>}
      </section>
    </div>
  );
}

function Facts({ report }: { report: ReportData }) {
  const { gate } = report;
  return (
    <p className={styles.facts}>
      <span>{inboxText.sentences(gate.sentences, gate.supported)}</span>
      {gate.removed > 0 && <span>{words.removedCount(gate.removed)}</span>}
      <span>{count(report.sources.length, "source")}</span>
      <span>{report.model === null ? words.extractive : words.model(report.model)}</span>
    </p>
  );
}

function Approvals({ report }: { report: ReportData }) {
  return report.approvals.map((approval) => (
    <Stamp
      key={approval.at}
      tone="yes"
      what={stampText.approved}
      who={`${approval.by}, ${clockMoment(approval.at)}`}
      small={stampText.findings(approval.kept.length, approval.kept.length + approval.dropped.length, approval.round)}
    />
  ));
}

function Part({ id, section, report }: { id: string; section: Section; report: ReportData }) {
  return (
    <>
      {section.heading !== "" && (
        <h2 id={id} dir="auto">
          {section.heading}
        </h2>
      )}
      <p dir="auto">
        {section.sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished report does not change
          <span key={index}>
            <Cited
              sentence={sentence.text}
              sources={report.sources.filter((source) => sentence.citations.includes(source.n))}
            />{" "}
          </span>
        ))}
      </p>
    </>
  );
}

function Lines({ id, title, lines }: { id: string; title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2 id={id}>{title}</h2>
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
