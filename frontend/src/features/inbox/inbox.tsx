import { useState } from "react";
import { useInbox, useNow } from "@/state/hooks";
import { groupsOf, readOlder } from "@/state/inbox";
import { GROUPS, inboxText as words } from "@/strings";
import styles from "./inbox.module.css";
import { Row } from "./row";

/** Every run: what needs a decision first. */
export function Inbox() {
  const { runs, next, unreachable } = useInbox();
  const now = useNow(20_000);
  const [loading, setLoading] = useState(false);
  const older = async (): Promise<void> => {
    setLoading(true);
    await readOlder();
    setLoading(false);
  };

  if (runs === null || now === null) {
    return <p className={styles.note}>{unreachable ? words.unreachable : words.loading}</p>;
  }
  if (runs.length === 0) return <p className={styles.note}>{words.empty}</p>;
  return (
    <>
      {unreachable && <p className={styles.note}>{words.stale}</p>}
      {groupsOf(runs, now).map(([group, members]) => (
        <section key={group} className={styles.group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className={group === "waiting" ? styles.waiting : undefined}>
            {GROUPS[group]} <span className={styles.count}>{members.length}</span>
          </h2>
          <ul>
            {members.map((run) => (
              <Row key={run.id} run={run} now={now} />
            ))}
          </ul>
        </section>
      ))}
      {next !== null && next !== "" && (
        <button type="button" className={`btn quiet ${styles.older}`} onClick={older} aria-disabled={loading}>
          {words.older}
        </button>
      )}
    </>
  );
}
