import { useEffect, useRef } from "react";
import { LazyMarkdown } from "@/components/lazy-markdown";
import { Drafting } from "@/features/report/drafting";
import { Report } from "@/features/report/report";
import { Plain } from "@/features/review/plain";
import { Review } from "@/features/review/review";
import { Stopped } from "@/features/run/stopped";
import { Working } from "@/features/run/working";
import { assertNever } from "@/protocol";
import { phaseOf } from "@/state/phase";
import { openReview, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { reportText } from "@/strings";
import styles from "./run.module.css";

/**
 * The main column. When what had the focus is gone (a button that decided, say), the focus goes to what took its
 * place, so that a keyboard or a screen reader does not start again at the top of the page.
 */
export function Body({ session, view }: { session: RunSession; view: RunView }) {
  const column = useRef<HTMLDivElement>(null);
  const shown = `${phaseOf(view)} ${openReview(view)?.seq ?? ""}`;
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown && document.activeElement === document.body) {
      column.current?.focus({ preventScroll: true });
    }
    before.current = shown;
  }, [shown]);
  return (
    <div ref={column} className={styles.main} tabIndex={-1}>
      <Content session={session} view={view} />
    </div>
  );
}

/** What the phase of the run asks for. */
function Content({ session, view }: { session: RunSession; view: RunView }) {
  const runId = view.run?.id ?? "";
  const { ending } = view;
  if (ending !== null) {
    switch (ending.kind) {
      case "report":
        return <Report report={ending.report} />;
      case "result":
        return (
          <section aria-label={reportText.region}>
            <LazyMarkdown text={ending.markdown} />
          </section>
        );
      case "failed":
      case "cancelled":
        return <Stopped ending={ending} question={view.run?.question ?? ""} />;
      default:
        return assertNever(ending);
    }
  }
  const review = openReview(view);
  if (review !== null) {
    const Kind = review.data.kind === "research_review" ? Review : Plain;
    return <Kind key={review.seq} session={session} view={view} review={review} runId={runId} />;
  }
  return phaseOf(view) === "writing" ? <Drafting view={view} /> : <Working view={view} />;
}
