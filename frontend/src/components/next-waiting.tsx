import Link from "next/link";
import { useOthersWaiting } from "@/state/hooks";
import { count, nextText as words } from "@/strings";
import styles from "./next.module.css";

/** After a decision: leads to the next run that waits for one. */
export function NextWaiting({ runId }: { runId: string }) {
  const others = useOthersWaiting(runId);
  const [next] = others ?? [];
  if (others === null || next === undefined) return null;
  return (
    <p className={styles.next}>
      <Link className="btn primary" href={`/run/?id=${encodeURIComponent(next)}`}>
        {words.next(others.length)}
      </Link>
      <span>{words.wait(count(others.length, "more run"), others.length)}</span>
    </p>
  );
}
