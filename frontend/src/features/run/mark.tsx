import { assertNever } from "@/protocol";
import styles from "./timeline.module.css";

/** What a line of the timeline is: its sign differs in shape as well as in color. */
export type MarkKind = "past" | "now" | "wait" | "yes" | "no" | "resumed" | "notice";

export function Mark({ kind }: { kind: MarkKind }) {
  return (
    <svg
      className={`${styles.mark} ${styles[kind]}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <Shape kind={kind} />
    </svg>
  );
}

function Shape({ kind }: { kind: MarkKind }) {
  switch (kind) {
    case "past":
      return <path d="M3 7.4 5.8 10 11 4.2" />;
    case "now":
      return (
        <>
          <circle cx="7" cy="7" r="4.2" />
          <path d="M7 2.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" stroke="none" />
        </>
      );
    case "wait":
      return <circle cx="7" cy="7" r="4.4" fill="currentColor" stroke="none" />;
    case "yes":
      return (
        <>
          <circle cx="7" cy="7" r="6.2" fill="currentColor" stroke="none" />
          <path d="M4.2 7.3 6.2 9.2 9.9 5" className={styles.inside} />
        </>
      );
    case "no":
      return <path d="m3.6 3.6 6.8 6.8m0-6.8-6.8 6.8" />;
    case "resumed":
      return <path d="M10.8 8.6A4.2 4.2 0 1 1 10.4 4.6M10.9 2.2v2.6H8.3" />;
    case "notice":
      return (
        <>
          <circle cx="7" cy="7" r="4.8" />
          <path d="M7 4.4V7l1.8 1.2" />
        </>
      );
    default:
      return assertNever(kind);
  }
}
