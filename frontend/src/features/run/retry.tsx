import { useEffect, useRef, useState } from "react";
import { copyText } from "@/components/clipboard";
import type { RunState } from "@/protocol";
import { useName } from "@/state/hooks";
import { anotherTry } from "@/state/retry";
import { runText as words } from "@/strings";
import styles from "./working.module.css";

/** Goes on from where a run failed, with what was decided. */
export function Retry({ run, onStarted }: { run: RunState; onStarted: (runId: string) => void }) {
  const [state, setState] = useState<"idle" | "starting" | "refused">("idle");
  const by = useName();
  const attempt = useRef(anotherTry(run));
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);
  const retry = async (): Promise<void> => {
    if (state === "starting") return;
    setState("starting");
    const { signal } = abort.current;
    try {
      const id = await attempt.current(by.trim(), signal);
      if (!signal.aborted) onStarted(id);
    } catch {
      if (!signal.aborted) setState("refused");
    }
  };
  return (
    <>
      <button type="button" className="btn primary" aria-disabled={state === "starting"} onClick={retry}>
        {state === "starting" ? words.retrying : words.retry}
      </button>
      <p role="alert" className="alert">
        {state === "refused" && words.notRetried}
      </p>
    </>
  );
}

/** What the server's log knows a failure by. */
export function ForTheLog({ run, step }: { run: RunState; step: string }) {
  const [copied, setCopied] = useState(false);
  const lines = [`${words.runId} ${run.id}`, ...(step === "" ? [] : [`${words.step} ${step}`])];
  const copy = async (): Promise<void> => setCopied(await copyText(lines.join("\n")));
  return (
    <p className={styles.log}>
      {words.forTheLog}: <code>{lines.join(", ")}</code>{" "}
      <button type="button" className="link" onClick={copy}>
        {copied ? words.copied : words.copy}
      </button>
    </p>
  );
}
