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
  const [initial, setInitial] = useState<{ question: string; workflow: string | null }>({
    question: "",
    workflow: null,
  });
  const view = useInfo();
  useEffect(() => {
    // Not useSearchParams: it would take the whole form out of the exported page.
    const query = new URLSearchParams(window.location.search);
    setInitial({ question: query.get("question") ?? "", workflow: query.get("workflow") });
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
          initial={initial.question}
          initialWorkflow={initial.workflow}
          onStarted={(runId) => router.push(`/run/?id=${encodeURIComponent(runId)}`)}
        />
        <Inbox />
      </main>
    </>
  );
}
