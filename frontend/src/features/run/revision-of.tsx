import Link from "next/link";
import { parentOf, type RunView } from "@/state/run";
import { runText as words } from "@/strings";
import styles from "./head.module.css";

/** The report that this run revises, or the failed run that it goes on from. */
export function RevisionOf({ view }: { view: RunView }) {
  const parent = parentOf(view);
  // A server of before says nothing of other tries.
  const failed = view.run?.retry_of ?? null;
  if (parent === null && failed === null) return null;
  return (
    <p className={styles.revises}>
      {failed !== null && <Earlier runId={failed} what={words.retryOf} title={words.failedRun} />}
      {parent !== null && (
        <Earlier runId={parent.runId} what={words.revisionOf} title={parent.title ?? words.earlierReport} />
      )}
    </p>
  );
}

function Earlier({ runId, what, title }: { runId: string; what: string; title: string }) {
  return (
    <>
      {what}{" "}
      <Link href={`/run/?id=${encodeURIComponent(runId)}`} prefetch={false} dir="auto">
        {title}
      </Link>{" "}
    </>
  );
}
