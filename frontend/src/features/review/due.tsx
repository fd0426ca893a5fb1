import { dayMoment } from "@/components/clock";
import { useNow } from "@/state/hooks";
import { noticeOf, type Review, type RunView } from "@/state/run";
import { dueText as words } from "@/strings";
import styles from "./review.module.css";

/** Until when a decision is wanted, or that it is late and what happens now. */
export function Due({ view, review }: { view: RunView; review: Review }) {
  const now = useNow(30_000) ?? new Date();
  const notice = noticeOf(view, review);
  const dueAt = review.data.due_at ?? notice?.dueAt ?? null;
  if (dueAt === null) return null;
  const moment = dayMoment(dueAt, now);
  if (notice?.past !== true && new Date(dueAt) > now) {
    return <p className={`${styles.due} ${notice === null ? "" : styles.soon}`}>{words.due(moment)}</p>;
  }
  return (
    <p className={`${styles.due} ${styles.late}`}>
      <b>{words.past}</b> {words.since(moment)}. {notice?.past === true ? notice.whatHappens : null}
    </p>
  );
}
