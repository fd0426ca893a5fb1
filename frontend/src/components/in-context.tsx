import { useState } from "react";
import { createPortal } from "react-dom";
import type { Quote } from "@/protocol";
import { contextText as words } from "@/strings";
import { ContextDialog } from "./context-dialog";

/** Opens what stands around a quote in its source. */
export function InContext({
  runId,
  quote,
  title,
  findings,
}: {
  runId: string;
  quote: Quote;
  /** Of the source. */
  title: string;
  /** Ids of the findings that the quote may belong to. */
  findings: string[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="link"
        aria-haspopup="dialog"
        aria-label={words.of(title)}
        onClick={() => setOpen(true)}
      >
        {words.open}
      </button>
      {/* Into the body: a quote may stand in a paragraph, where a dialog may not. */}
      {open &&
        createPortal(
          <ContextDialog
            runId={runId}
            quote={quote}
            title={title}
            findings={findings}
            onClose={() => setOpen(false)}
          />,
          document.body,
        )}
    </>
  );
}
