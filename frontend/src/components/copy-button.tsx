import { useEffect, useState } from "react";
import { takingText as words } from "@/strings";

type Outcome = "idle" | "copied" | "failed";

/** Copies, and says for a moment whether it did. */
export function CopyButton({
  label,
  copy,
  onCopied,
  primary = false,
}: {
  label: string;
  copy: () => Promise<boolean>;
  onCopied?: () => void;
  primary?: boolean;
}) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const onClick = async (): Promise<void> => {
    const copied = await copy();
    setOutcome(copied ? "copied" : "failed");
    if (copied) onCopied?.();
  };
  return (
    <button type="button" className={primary ? "btn" : "btn quiet"} onClick={onClick}>
      <span aria-live="polite">{{ idle: label, copied: words.copied, failed: words.failed }[outcome]}</span>
    </button>
  );
}
