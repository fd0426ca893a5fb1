import styles from "./stamp.module.css";

/** The one ornament: a decision, with name and time, that stays. */
export function Stamp({ tone, what, who, small }: { tone: "yes" | "no"; what: string; who: string; small?: string }) {
  return (
    <p className={`${styles.stamp} ${tone === "no" ? styles.no : ""}`}>
      {what}
      <b>{who}</b>
      {small}
    </p>
  );
}
