import { assertNever } from "@/protocol";
import type { Phase } from "@/state/phase";

/** The sign of a phase; its word always stands beside it. */
export function PhaseIcon({ phase }: { phase: Phase }) {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <Shape phase={phase} />
    </svg>
  );
}

function Shape({ phase }: { phase: Phase }) {
  switch (phase) {
    case "waiting":
      return <circle cx="5" cy="5" r="4" fill="currentColor" stroke="none" />;
    case "researching":
    case "writing":
      return (
        <>
          <circle cx="5" cy="5" r="3.6" />
          <path d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" stroke="none" />
        </>
      );
    case "done":
      return <path d="M1.2 5.4 3.9 8 8.8 2.2" strokeLinecap="round" strokeLinejoin="round" />;
    case "failed":
      return <path d="m1.8 1.8 6.4 6.4m0-6.4L1.8 8.2" strokeLinecap="round" />;
    case "cancelled":
      return <path d="M1.5 5h7" strokeLinecap="round" />;
    default:
      return assertNever(phase);
  }
}
