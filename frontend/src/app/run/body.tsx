import { LazyMarkdown } from "@/components/lazy-markdown";
import { Drafting } from "@/features/report/drafting";
import { Report } from "@/features/report/report";
import { Plain } from "@/features/review/plain";
import { Review } from "@/features/review/review";
import { Stopped } from "@/features/run/stopped";
import { Working } from "@/features/run/working";
import { assertNever } from "@/protocol";
import { phaseOf } from "@/state/phase";
import { currentRound } from "@/state/rounds";
import { openReview, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import styles from "./run.module.css";

/** The main column: what the phase of the run asks for. */
export function Body({ session, view }: { session: RunSession; view: RunView }) {
  const runId = view.run?.id ?? "";
  const { ending } = view;
  if (ending !== null) {
    switch (ending.kind) {
      case "report":
        return <Report report={ending.report} markdown={ending.markdown} rounds={currentRound(view.entries)} />;
      case "result":
        return (
          <section className={styles.main} aria-label="Report">
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
