"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useMemo, useState } from "react";
import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { AskForm } from "@/features/ask/ask-form";
import { ServerFacts, UnsearchedFiles } from "@/features/ask/server-facts";
import { Inbox } from "@/features/inbox/inbox";
import { useInbox, useInfo, useNameKept } from "@/state/hooks";
import { waitingLabel } from "@/state/inbox";
import { EVERYTHING, type InboxQuery, queryOf, sameQuery, searchOf } from "@/state/inbox-query";
import { inboxText } from "@/strings";
import styles from "./home.module.css";

export function HomeScreen() {
  const router = useRouter();
  const [search, setSearch] = useState<string | null>(null);
  const asked = useMemo(() => new URLSearchParams(search ?? ""), [search]);
  const only = useMemo(() => asked.getAll("document"), [asked]);
  const query = useMemo(() => (search === null ? null : queryOf(search)), [search]);
  const info = useInfo();
  const inbox = useInbox(query);
  const named = useNameKept();
  const { list } = inbox;
  return (
    <>
      <PageTitle text={inboxText.homeTitle(waitingLabel(inbox))} />
      <Suspense fallback={null}>
        <Address onSearch={setSearch} />
      </Suspense>
      <Header named={named === true}>
        <ServerFacts view={info} />
      </Header>
      <main className={styles.main}>
        <h1 className="sr">Sayso</h1>
        <AskForm
          view={info}
          initial={asked.get("question") ?? ""}
          initialWorkflow={asked.get("workflow")}
          only={only}
          examples={list !== null && list.runs.size === 0 && sameQuery(list.query, EVERYTHING)}
          asksName={named === false}
          onStarted={(runId) => router.push(`/run/?id=${encodeURIComponent(runId)}`)}
        />
        <UnsearchedFiles view={info} />
        <Inbox view={inbox} query={query ?? EVERYTHING} onQuery={goTo} />
      </main>
    </>
  );
}

/** Reads the address by itself: beside anything else it would take that out of the exported page. */
function Address({ onSearch }: { onSearch: (search: string) => void }) {
  const search = useSearchParams().toString();
  useEffect(() => onSearch(search), [search, onSearch]);
  return null;
}

/** Keeps what is shown in the address: a step of its own for Back, or in place of the one before. */
function goTo(query: InboxQuery, asStep: boolean): void {
  const address = `/${searchOf(query, window.location.search)}`;
  if (asStep) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}
