import { useEffect, useState } from "react";
import { reportText } from "@/strings";

type Outcome = "idle" | "copied" | "failed";

const LABELS: Record<Outcome, string> = {
  idle: reportText.copy,
  copied: reportText.copied,
  failed: reportText.notCopied,
};

export function CopyButton({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <button type="button" className="btn" onClick={async () => setOutcome((await copy(text)) ? "copied" : "failed")}>
      <span aria-live="polite">{LABELS[outcome]}</span>
    </button>
  );
}

/** The clipboard API exists in secure contexts only; a page on a LAN address copies the old way. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
