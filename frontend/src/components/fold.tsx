import { type ReactNode, useId, useState } from "react";
import styles from "./fold.module.css";

interface FoldProps {
  /** What stands on the button. */
  label: ReactNode;
  /** What stands beside the button, before it. */
  beside?: ReactNode;
  /** Given together: where somebody else knows whether it is open. */
  open?: boolean;
  onToggle?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** Something that is there for whoever wants it. A closed `details` would be closed on paper too; this is not. */
export function Fold({ label, beside, open, onToggle, className = "", children }: FoldProps) {
  const id = useId();
  const [own, setOwn] = useState(false);
  const shown = open ?? own;
  return (
    <div className={className}>
      <div className={styles.line}>
        {beside}
        <button
          type="button"
          className={styles.button}
          aria-expanded={shown}
          aria-controls={id}
          onClick={() => (onToggle ?? setOwn)(!shown)}
        >
          {label}
          <svg width="9" height="9" viewBox="0 0 10 10" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M1.5 3.2 5 6.8l3.5-3.6" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </button>
      </div>
      <div id={id} className={shown ? undefined : styles.folded}>
        {children}
      </div>
    </div>
  );
}
