"use client";

import { useCallback } from "react";
import type { RunState } from "@/protocol";
import { useAttention, useDoubts } from "@/state/hooks";
import { switchNotices } from "@/state/notices";
import { noticeOf, noticesText as words } from "@/strings";
import styles from "./theme.module.css";

/** Draws people's attention to what waits for them: the number in the tab, and notifications where they are wanted. */
export function Attention() {
  const doubts = useDoubts();
  const tell = useCallback((run: RunState) => noticeOf(run, doubts), [doubts]);
  const state = useAttention(tell);
  if (state === "unable") return null;
  const label = words[state];
  return (
    <button
      type="button"
      className={styles.theme}
      title={label}
      aria-label={words.name}
      aria-pressed={state === "on"}
      disabled={state === "refused"}
      onClick={() => void switchNotices()}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" aria-hidden="true">
        <path
          d="M4 12.5V8a5 5 0 0 1 10 0v4.5l1.2 1.5H2.8zM7.5 16h3"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          fill={state === "on" ? "currentColor" : "none"}
        />
        {state !== "on" && <path d="M2.5 2.5l13 13" strokeWidth="1.5" strokeLinecap="round" />}
      </svg>
    </button>
  );
}
