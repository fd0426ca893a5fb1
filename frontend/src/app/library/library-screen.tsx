"use client";

import Link from "next/link";
import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { Library } from "@/features/library/library";
import { useDocuments, useNameKept } from "@/state/hooks";
import { documents as words } from "@/strings";
import styles from "../home.module.css";

export function LibraryScreen() {
  const view = useDocuments();
  const named = useNameKept();
  return (
    <>
      <PageTitle text={`${words.title} · Sayso`} />
      <Header named={named !== null}>
        <Link href="/">{words.back}</Link>
      </Header>
      <main className={styles.main}>
        <Library view={view} />
      </main>
    </>
  );
}
