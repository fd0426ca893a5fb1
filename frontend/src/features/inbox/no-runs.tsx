import { EVERYTHING, type InboxQuery, sameQuery } from "@/state/inbox-query";
import { inboxText as words } from "@/strings";
import styles from "./inbox.module.css";

/** Why there is no row, and the way out. */
export function NoRuns({
  query,
  asked,
  onQuery,
}: {
  /** What the empty answer is to. */
  query: InboxQuery;
  /** What is asked for now, which may not be answered yet. */
  asked: InboxQuery;
  onQuery: (query: InboxQuery, asStep: boolean) => void;
}) {
  if (sameQuery(query, EVERYTHING)) return <p className={styles.note}>{words.empty}</p>;
  const { show, q } = query;
  const leave = (next: InboxQuery): void => {
    // The button goes away, so the focus goes to where another search would begin.
    document.getElementById("inbox-search")?.focus();
    onQuery(next, true);
  };
  return (
    <div className={styles.none}>
      <p>{q === "" ? words.noneOf[show] : show === "all" ? words.noMatch(q) : words.noMatchIn(q, words.shows[show])}</p>
      <p className={styles.ways}>
        {q !== "" && (
          <button type="button" className="btn" onClick={() => leave({ ...asked, q: "" })}>
            {words.clear}
          </button>
        )}
        {show !== "all" && (
          <button type="button" className="btn" onClick={() => leave({ ...asked, show: "all" })}>
            {words.showAll}
          </button>
        )}
      </p>
    </div>
  );
}
