import { Evidence } from "@/components/evidence";
import { InContext } from "@/components/in-context";
import { SourcePlace } from "@/components/source-place";
import type { Report, ReportSource, Sentence } from "@/protocol";
import { reportText as words } from "@/strings";
import { agreementOn, basisOf, quotesCited } from "./basis";
import styles from "./citation.module.css";
import { letterOf } from "./reading";

/** The evidence itself: the approved passages that a sentence rests on. Spans, since it opens inside a paragraph. */
export function QuotePanel({
  id,
  source,
  sentence,
  report,
  runId,
  onClose,
}: {
  id: string;
  source: ReportSource;
  sentence: Sentence;
  report: Report;
  runId: string;
  onClose: () => void;
}) {
  const basis = basisOf(source, sentence);
  const indexes = quotesCited(source, sentence);
  const { sources, others } = agreementOn(basis, source, report);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a paragraph
    <span id={id} role="group" aria-label={words.quoteFrom(source.title)} className={styles.panel}>
      {basis.quotes.map((quote, at) => (
        <span key={`${quote.place.offset} ${quote.text}`} className={styles.quoted}>
          <q className={styles.quote} dir="auto">
            <Evidence quote={quote} />
          </q>
          <span className={styles.origin}>
            <span>
              [{source.n}
              {letterOf(report, source, indexes[at])}]{" "}
              <SourcePlace source={source} place={quote.place} among={report.sources} />
            </span>
            <InContext
              runId={runId}
              quote={{ ...quote, source: source.id }}
              title={source.title}
              findings={basis.findings}
            />
          </span>
        </span>
      ))}
      <span className={styles.origin}>
        <span>
          {sources > 1 && words.sayOthers(sources)}
          {sources > 1 && others.length > 0 && `, ${words.alsoIn} `}
          {sources > 1 &&
            others.map((other, index) => (
              <span key={other.n}>
                {index > 0 && ", "}
                <a href={`#source-${other.n}`}>
                  [{other.n}] {other.title}
                </a>
              </span>
            ))}
        </span>
        <span className={styles.ways}>
          <a className="link" href={`#source-${source.n}`}>
            {words.toSource}
          </a>
          <button type="button" className="link" onClick={onClose}>
            {words.closeQuote}
          </button>
        </span>
      </span>
    </span>
  );
}
