import Link from "next/link";
import type { RunState } from "@/protocol";
import { isReportRun } from "@/state/run";
import { runText as words } from "@/strings";

/** Back to the form, with the same question for the same workflow. */
export function AskAgain({ run, quiet = false }: { run: RunState; quiet?: boolean }) {
  const query = new URLSearchParams({ question: run.question });
  if (!isReportRun(run)) query.set("workflow", run.workflow);
  return (
    <Link className={quiet ? "btn quiet" : "btn"} href={`/?${query}`}>
      {words.askAgain}
    </Link>
  );
}
