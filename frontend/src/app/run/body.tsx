import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { NextWaiting } from "@/components/next-waiting";
import { Drafting } from "@/features/report/drafting";
import { Report } from "@/features/report/report";
import { Result } from "@/features/report/result";
import { EarlierFindings } from "@/features/review/earlier-findings";
import { HostedReview } from "@/features/review/hosted-review";
import { ReportReview } from "@/features/review/report-review";
import { Review } from "@/features/review/review";
import { WatchedReview } from "@/features/review/watched-review";
import { AskAgain } from "@/features/run/ask-again";
import { Revise } from "@/features/run/revise";
import { Stopped } from "@/features/run/stopped";
import { Working } from "@/features/run/working";
import { assertNever } from "@/protocol";
import { useHindrance } from "@/state/hooks";
import { phaseOf } from "@/state/phase";
import { type Ending, isReportRun, type Review as OpenReview, openReviews, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { reviseText } from "@/strings";
import styles from "./run.module.css";

/**
 * The main column. When what had the focus is gone (a button that decided, say), the focus goes to what took its
 * place, so that a keyboard or a screen reader does not start again at the top of the page.
 */
export function Body({ session, view }: { session: RunSession; view: RunView }) {
  const column = useRef<HTMLDivElement>(null);
  const shown = `${phaseOf(view)} ${openReviews(view).map((review) => review.seq)}`;
  const before = useRef(shown);
  const open = openReviews(view).length > 0;
  // Whoever was asked here and has decided is free for what else waits.
  const [asked, setAsked] = useState(open);
  useEffect(() => setAsked((was) => was || open), [open]);
  useEffect(() => {
    if (before.current !== shown && document.activeElement === document.body) {
      column.current?.focus({ preventScroll: true });
    }
    before.current = shown;
  }, [shown]);
  return (
    <div ref={column} className={styles.main} tabIndex={-1}>
      <Content session={session} view={view} />
      {asked && !open && <NextWaiting runId={view.run?.id ?? ""} />}
    </div>
  );
}

/** What the phase of the run asks for. */
function Content({ session, view }: { session: RunSession; view: RunView }) {
  const router = useRouter();
  const runId = view.run?.id ?? "";
  const { ending } = view;
  const earlier = <EarlierFindings view={view} runId={runId} />;
  const onStarted = (started: string): void => router.push(`/run/?id=${encodeURIComponent(started)}`);
  if (ending !== null) {
    switch (ending.kind) {
      case "report":
        return (
          <Finished view={view} ending={ending} onStarted={onStarted}>
            {earlier}
          </Finished>
        );
      case "result":
        return <Result markdown={ending.markdown} result={ending.result} />;
      case "failed":
      case "cancelled":
        if (view.run === null) return null;
        return (
          <>
            <Stopped ending={ending} run={view.run} onStarted={onStarted} />
            {earlier}
          </>
        );
      default:
        return assertNever(ending);
    }
  }
  if (openReviews(view).length > 0) return <Open session={session} view={view} runId={runId} />;
  const writes = isReportRun(view.run) ? phaseOf(view) === "writing" : view.draft !== null;
  return (
    <>
      {writes ? <Drafting view={view} /> : <Working view={view} />}
      {earlier}
    </>
  );
}

/** What is asked: to decide about, or only to read for those who may not. */
function Open({ session, view, runId }: { session: RunSession; view: RunView; runId: string }) {
  const hindrance = useHindrance(view.run);
  const open = openReviews(view);
  const [first] = open;
  const textOf = ({ data: { report } }: OpenReview) =>
    report != null && <Report report={report} runId={runId} released={false} />;
  if (hindrance === "role" || hindrance === "others") {
    return open.map((each) => (
      <WatchedReview key={each.seq} view={view} review={each} runId={runId}>
        {textOf(each)}
      </WatchedReview>
    ));
  }
  const shared = { session, view, runId };
  // Its decision bar belongs to the window, so there is room for one such review.
  if (first?.data.kind === "research_review" && open.length === 1) {
    return <Review key={first.seq} {...shared} review={first} />;
  }
  if (first?.data.report != null && open.length === 1) {
    return (
      <ReportReview key={first.seq} {...shared} review={first} report={first.data.report}>
        {textOf(first)}
      </ReportReview>
    );
  }
  return open.map((review, index) => (
    <HostedReview key={review.seq} {...shared} review={review} number={index + 1} all={open.length} />
  ));
}

/** The report, and what can be done with it. */
function Finished({
  view: { run },
  ending,
  onStarted,
  children,
}: {
  view: RunView;
  ending: Extract<Ending, { kind: "report" }>;
  onStarted: (runId: string) => void;
  children: ReactNode;
}) {
  const actions = (
    <>
      <a className="btn quiet" href="#revise">
        {reviseText.open}
      </a>
      {run !== null && <AskAgain run={run} quiet />}
    </>
  );
  return (
    <Report report={ending.report} runId={run?.id ?? ""} markdown={ending.markdown} actions={actions}>
      {run !== null && <Revise run={run} onStarted={onStarted} />}
      {children}
    </Report>
  );
}
