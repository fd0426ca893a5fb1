"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useMe } from "@/state/hooks";
import { mustSignIn } from "@/state/me";
import { documents } from "@/strings";
import { Account } from "./account";
import { Attention } from "./attention";
import styles from "./header.module.css";
import { NameField } from "./name-field";
import { ThemeChoice } from "./theme-choice";

/** Who is signed in; where nobody is, the name that this browser goes by. */
function Who({ named }: { named: boolean }) {
  const me = useMe();
  if (me !== null && me.person !== null) return <Account person={me.person} auth={me.auth} />;
  return named && !mustSignIn(me) && <NameField />;
}

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
      <Who named={named} />
    </header>
  );
}
