import Link from "next/link";
import type { ReactNode } from "react";
import { documents } from "@/strings";
import { Attention } from "./attention";
import styles from "./header.module.css";
import { NameField } from "./name-field";
import { ThemeChoice } from "./theme-choice";

/** The bar on top of every page; `named` is false where the name is asked for elsewhere. */
export function Header({ children, named = true }: { children?: ReactNode; named?: boolean }) {
  return (
    <header className={styles.bar}>
      <Link className={styles.word} href="/">
        say<b>so</b>
      </Link>
      <Link className={styles.place} href="/library/">
        {documents.link}
      </Link>
      <div className={styles.facts}>{children}</div>
      <Attention />
      <ThemeChoice />
      {named && <NameField />}
    </header>
  );
}
