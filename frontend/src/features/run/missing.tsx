import Link from "next/link";
import { runText as words } from "@/strings";
import styles from "./working.module.css";

/** An address that leads to no run, or to one that was deleted while somebody watched it. */
export function Missing({ hint, deleted = false }: { hint: string; deleted?: boolean }) {
  return (
    <main className={styles.missing}>
      <h1>{deleted ? words.deleted : words.missing}</h1>
      <p>{deleted ? words.deletedHint : hint}</p>
      {!deleted && <p>{words.missingHint}</p>}
      <Link className="btn" href="/">
        {words.home}
      </Link>
    </main>
  );
}
