"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { AskForm } from "@/features/ask/ask-form";
import { ServerFacts } from "@/features/ask/server-facts";
import { Inbox } from "@/features/inbox/inbox";
import { useInfo } from "@/state/hooks";
import { inboxText } from "@/strings";
import styles from "./home.module.css";

export function HomeScreen() {
  const router = useRouter();
  const [initial, setInitial] = useState("");
  const view = useInfo();
  useEffect(() => {
    // Not useSearchParams: it would take the whole form out of the exported page.
    setInitial(new URLSearchParams(window.location.search).get("question") ?? "");
  }, []);
  return (
    <>
      <PageTitle text={inboxText.title} />
      <Header>
        <ServerFacts view={view} />
      </Header>
      <main className={styles.main}>
        <h1 className="sr">Sayso</h1>
        <AskForm
          view={view}
          initial={initial}
          onStarted={(runId) => router.push(`/run/?id=${encodeURIComponent(runId)}`)}
        />
        <Inbox />
      </main>
    </>
  );
}
