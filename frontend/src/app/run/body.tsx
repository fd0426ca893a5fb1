import { useEffect, useRef } from "react";
import { Drafting } from "@/features/report/drafting";
import { Report } from "@/features/report/report";
import { Result } from "@/features/report/result";
import { Plain } from "@/features/review/plain";
import { Review } from "@/features/review/review";
import { Stopped } from "@/features/run/stopped";
import { Working } from "@/features/run/working";
import { assertNever } from "@/protocol";
import { phaseOf } from "@/state/phase";
import { isReportRun, openReviews, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import styles from "./run.module.css";

/**
 * The main column. When what had the focus is gone (a button that decided, say), the focus goes to what took its
 * place, so that a keyboard or a screen reader does not start again at the top of the page.
 */
export function Body({ session, view }: { session: RunSession; view: RunView }) {
  const column = useRef<HTMLDivElement>(null);
  const shown = `${phaseOf(view)} ${openReviews(view).map((review) => review.seq)}`;
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
        return <Result markdown={ending.markdown} result={ending.result} />;
      case "failed":
      case "cancelled":
        return view.run === null ? null : <Stopped ending={ending} run={view.run} />;
      default:
        return assertNever(ending);
    }
  }
  const open = openReviews(view);
  const [first] = open;
  const shared = { session, view, runId };
  // Its decision bar belongs to the window, so there is room for one such review.
  if (first?.data.kind === "research_review" && open.length === 1) {
    return <Review key={first.seq} {...shared} review={first} />;
  }
  if (open.length > 0) {
    return open.map((review, index) => (
      <Plain key={review.seq} {...shared} review={review} number={index + 1} all={open.length} />
    ));
  }
  const writes = isReportRun(view.run) ? phaseOf(view) === "writing" : view.draft !== null;
  return writes ? <Drafting view={view} /> : <Working view={view} />;
}
