import Link from "next/link";
import { parentOf, type RunView } from "@/state/run";
import { runText as words } from "@/strings";
import styles from "./head.module.css";

/** The report that this run revises. */
export function RevisionOf({ view }: { view: RunView }) {
  const parent = parentOf(view);
  if (parent === null) return null;
  return (
    <p className={styles.revises}>
      {words.revisionOf}{" "}
      <Link href={`/run/?id=${encodeURIComponent(parent.runId)}`} prefetch={false} dir="auto">
        {parent.title ?? words.earlierReport}
      </Link>
    </p>
  );
}
