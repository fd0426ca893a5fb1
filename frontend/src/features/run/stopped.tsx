import Link from "next/link";
import type { Ending } from "@/state/run";
import { runText as words } from "@/strings";
import styles from "./working.module.css";

/** A run that ended without a report. */
export function Stopped({
  ending,
  question,
}: {
  ending: Extract<Ending, { kind: "failed" | "cancelled" }>;
  question: string;
}) {
  const failed = ending.kind === "failed";
  return (
    <section className={styles.stopped} aria-label={failed ? words.failed : ending.text}>
      <h2>{failed ? words.failed : ending.text}</h2>
      {failed && <p className={styles.reason}>{ending.text}</p>}
      <p>{failed ? words.failedHint : words.cancelled}</p>
      <Link className="btn" href={`/?question=${encodeURIComponent(question)}`}>
        {words.askAgain}
      </Link>
    </section>
  );
}
