import Link from "next/link";
import { runText as words } from "@/strings";
import styles from "./working.module.css";

/** An address that leads to no run. */
export function Missing({ hint }: { hint: string }) {
  return (
    <main className={styles.missing}>
      <h1>{words.missing}</h1>
      <p>{hint}</p>
      <p>{words.missingHint}</p>
      <Link className="btn" href="/">
        {words.home}
      </Link>
    </main>
  );
}
