import type { ReactNode } from "react";
import { evidenceText as words } from "@/strings";
import styles from "./conflict.module.css";

/** Two claims that cannot both be right, one above the other. */
export function ConflictBlock({
  why,
  claims,
  settled = false,
}: {
  why: string;
  claims: { id: string; text: ReactNode }[];
  /** Whether only one of them is kept. */
  settled?: boolean;
}) {
  return (
    <div role="note" className={`${styles.conflict} ${settled ? styles.settled : ""}`}>
      <p className={styles.title}>
        <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M1.5 4.5h10m-3-3 3 3-3 3M12.5 9.5h-10m3-3-3 3 3 3" strokeWidth="1.3" strokeLinejoin="round" />
        </svg>
        {settled ? words.conflictDropped : words.conflict}
      </p>
      <ul>
        {claims.map((claim) => (
          <li key={claim.id} dir="auto">
            {claim.text}
          </li>
        ))}
      </ul>
      {why !== "" && (
        <p className={styles.why} dir="auto">
          {why}
        </p>
      )}
    </div>
  );
}
