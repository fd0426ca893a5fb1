"use client";

import { useSearchParams } from "next/navigation";
import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { Beaten } from "@/features/review/beaten";
import { Head } from "@/features/run/head";
import { Missing } from "@/features/run/missing";
import { Timeline } from "@/features/run/timeline";
import { useHindrance, useRunSession, useRunView } from "@/state/hooks";
import type { Hindrance } from "@/state/me";
import { phaseOf } from "@/state/phase";
import { isReportRun, type RunView, shownReport } from "@/state/run";
import type { RunSession } from "@/state/session";
import { inboxText, LINKS, peopleText, phaseName, refusalText, runText } from "@/strings";
import { Body } from "./body";
import styles from "./run.module.css";

/** A run, from its question to its report. */
export function RunScreen() {
  const runId = useSearchParams().get("id") ?? "";
  // The key gives every run its own component, so that nothing of one is shown for another.
  return runId === "" ? <Nothing /> : <Watched key={runId} runId={runId} />;
}

function Nothing() {
  return (
    <>
      <PageTitle text={inboxText.title} />
      <Header />
      <Missing hint={runText.noId} />
    </>
  );
}

function Watched({ runId }: { runId: string }) {
  const session = useRunSession(runId);
  const view = useRunView(session);
  return (
    <>
      <PageTitle text={titleOf(view, useHindrance(view.run))} />
      <Header>
        <span aria-live="polite" data-link={view.link}>
          {LINKS[view.link]}
        </span>
      </Header>
      {view.missing !== null ? (
        <Missing hint={view.missing.text} deleted={view.missing.code === "run_deleted"} />
      ) : session === null || view.run === null ? (
        <Opening view={view} />
      ) : (
        <Run session={session} view={view} />
      )}
    </>
  );
}

function Opening({ view }: { view: RunView }) {
  return (
    <p className={styles.loading} role={view.refusal === null ? undefined : "alert"}>
      {view.refusal === null ? runText.loading : `${runText.notOpened} ${refusalText(view.refusal)}`}
    </p>
  );
}

function Run({ session, view }: { session: RunSession; view: RunView }) {
  const written = shownReport(view) !== null;
  // A report that is done has the page to itself; how it came about is folded into its head.
  const over = view.ending?.kind === "report";
  return (
    <main>
      <Head session={session} view={view} />
      <Beaten view={view} runId={view.run?.id ?? ""} />
      <div className={`${styles.columns} ${over ? styles.over : written ? styles.written : ""}`}>
        {!over && (
          <div className={styles.timeline}>
            <Timeline view={view} />
          </div>
        )}
        <Body session={session} view={view} />
      </div>
    </main>
  );
}

function titleOf(view: RunView, hindrance: Hindrance | null): string {
  const phase = phaseOf(view);
  if (view.missing?.code === "run_deleted") return runText.deleted;
  if (view.run === null) return inboxText.title;
  const { question } = view.run;
  if (phase === "waiting" && hindrance !== null)
    return `${peopleText.waits(view.run.asked_of, hindrance)}: ${question}`;
  return phase === "waiting"
    ? runText.title.waiting(question)
    : `${phaseName(phase, isReportRun(view.run))}: ${question}`;
}
