import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { assertNever, type Quote, type Source, type StoredPassage } from "@/protocol";
import { usePassages } from "@/state/hooks";
import { type PassagesView, passageOf } from "@/state/passages";
import { contextText as words } from "@/strings";
import styles from "./context.module.css";
import { hasPages, PagePicture } from "./page-picture";
import { PassageView } from "./passage-view";
import { SourceName } from "./source-name";
import { Copies, placeText } from "./source-place";

interface ContextDialogProps {
  runId: string;
  quote: Quote;
  title: string;
  findings: string[];
  onClose: () => void;
}

/** A quote among its neighbours. Escape closes it, and the focus goes back to where it was: the browser sees to both. */
export function ContextDialog({ runId, quote, title, findings, onClose }: ContextDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [view, retry] = usePassages(runId, quote.source);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  // React carries events to where the dialog was opened, and Escape means something there too.
  const onKeyDown = (event: KeyboardEvent): void => event.stopPropagation();
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <h2 id={id} dir="auto">
          {view.kind === "read" ? <SourceName title={title} uri={view.source.source.uri} /> : title}
        </h2>
        <button type="button" className="btn quiet" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </header>
      <Content runId={runId} view={view} quote={quote} findings={findings} onRetry={retry} />
    </dialog>
  );
}

function Content({
  runId,
  view,
  quote,
  findings,
  onRetry,
}: {
  runId: string;
  view: PassagesView;
  quote: Quote;
  findings: string[];
  onRetry: () => void;
}) {
  switch (view.kind) {
    case "loading":
      return (
        <p role="status" className={styles.state}>
          {words.loading}
        </p>
      );
    case "failed":
      return <Failed missing={view.missing} onRetry={onRetry} />;
    case "read": {
      const passage = passageOf(view.source.passages, quote, findings);
      if (passage === null) return <Failed missing onRetry={onRetry} />;
      return <Passage runId={runId} passage={passage} source={view.source.source} />;
    }
    default:
      return assertNever(view);
  }
}

function Failed({ missing, onRetry }: { missing: boolean; onRetry: () => void }) {
  return (
    <div role="alert" className={styles.state}>
      <p>{missing ? words.missing : words.failed}</p>
      <button type="button" className="btn" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}

function Passage({ runId, passage, source }: { runId: string; passage: StoredPassage; source: Source }) {
  const text = <PassageText passage={passage} source={source} />;
  return (
    <>
      <div className={styles.origin}>
        <p dir="auto">{placeText(source.title, passage.place, source.date)}</p>
        <Copies copies={source.copies} />
      </div>
      {hasPages(source, passage) ? (
        <PagePicture runId={runId} source={source} passage={passage}>
          {text}
        </PagePicture>
      ) : (
        text
      )}
    </>
  );
}

function PassageText({ passage, source }: { passage: StoredPassage; source: Source }) {
  const body = useRef<HTMLElement>(null);
  useEffect(() => {
    body.current?.querySelector("mark")?.scrollIntoView?.({ block: "center" });
  }, []);
  return (
    <section
      ref={body}
      className={styles.passage}
      aria-label={words.passage}
      dir="auto"
      // It scrolls, so a keyboard has to reach it.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
    >
      <PassageView passage={passage} source={source.id} />
    </section>
  );
}
