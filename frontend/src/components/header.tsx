import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./header.module.css";
import { NameField } from "./name-field";

/** The bar on top of every page. */
export function Header({ children }: { children?: ReactNode }) {
  return (
    <header className={styles.bar}>
      <Link className={styles.word} href="/">
        say<b>so</b>
      </Link>
      <div className={styles.facts}>{children}</div>
      <NameField />
    </header>
  );
}
