import { useState } from "react";
import type { InboxList } from "@/state/inbox-list";
import { inboxText as words } from "@/strings";
import styles from "./inbox.module.css";

/** Leads to the next page of a shelf, where there is one. */
export function More({
  list,
  shelf,
  label,
  onMore,
}: {
  list: InboxList | null;
  shelf: number;
  label: string;
  onMore: (shelf: number) => Promise<void>;
}) {
  const [loading, setLoading] = useState(false);
  if (list?.next[shelf] == null) return null;
  const load = async (): Promise<void> => {
    if (loading) return;
    setLoading(true);
    await onMore(shelf);
    setLoading(false);
  };
  return (
    <button type="button" className={`btn ${styles.more}`} onClick={load} aria-disabled={loading}>
      {loading ? words.loadingMore : label}
    </button>
  );
}
