import styles from "./marks.module.css";

/** The sign of a mark, a shape of its own for each; its word always stands beside it, or is said of it. */
export function MarkSign({ mark }: { mark: string | null }) {
  return (
    <svg
      className={styles.sign}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <Shape mark={mark} />
    </svg>
  );
}

function Shape({ mark }: { mark: string | null }) {
  switch (mark) {
    case "quoted":
      return <path d="M4.6 2.5c-1.6.8-2.3 2-2.3 4v2.6h3V6.2H3.4m6.6-3.7c-1.6.8-2.3 2-2.3 4v2.6h3V6.2H8.8" />;
    case "same":
      return <path d="M2 4.2h8M2 7.8h8" />;
    case "reworded":
      return <path d="M1.5 4.6c1.5-1.6 3-1.6 4.5-.4s3 1.2 4.5-.4M1.5 8.4c1.5-1.6 3-1.6 4.5-.4s3 1.2 4.5-.4" />;
    case "confirmed":
      return <path d="m2.3 7.6 5.4-5.4 1.8 1.8-5.4 5.4-2.3.5zM2 11.2h8" />;
    case "translated":
      return <path d="M1.5 4h8M7.3 1.8 9.5 4 7.3 6.2M10.5 8h-8m2.2 2.2L2.5 8l2.2-2.2" />;
    case null:
      return <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="1.5" fill="currentColor" stroke="none" />;
    default:
      return <circle cx="6" cy="6" r="4" />;
  }
}
