import Link from "next/link";
import { useOthersWaiting } from "@/state/hooks";
import { nextText as words } from "@/strings";
import styles from "./next.module.css";

/** After a decision: leads to the next run that waits for one. */
export function NextWaiting({ runId }: { runId: string }) {
  const others = useOthersWaiting(runId);
  if (others === null) return null;
  return (
    <p className={styles.next}>
      <Link className="btn primary" href={`/run/?id=${encodeURIComponent(others.next)}`}>
        {words.next(others.count)}
      </Link>
      <span>{words.wait(others.count)}</span>
    </p>
  );
}
