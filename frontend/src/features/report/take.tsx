import { type ReactNode, useState } from "react";
import { copyRich, copyText } from "@/components/clipboard";
import { CopyButton } from "@/components/copy-button";
import { Fold } from "@/components/fold";
import type { Report } from "@/protocol";
import { takingText as words } from "@/strings";
import { Downloads } from "./downloads";
import { richOf } from "./rich";
import styles from "./take.module.css";

interface TakeProps {
  report: Report;
  runId: string;
  /** The report as the server wrote it. */
  markdown?: string;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** Ways to take a released report elsewhere: beside the text where there is room, else behind a button. */
export function Take({ report, runId, markdown, children }: TakeProps) {
  const [shared, setShared] = useState(false);
  return (
    <Fold className={styles.take} label={words.open}>
      <div className={styles.ways}>
        <CopyButton label={words.text} primary copy={() => copyRich(richOf(report))} />
        <CopyButton label={words.link} copy={() => copyText(addressOf())} onCopied={() => setShared(true)} />
        <p role="note" className={styles.note} hidden={!shared}>
          {shared && reachOf(window.location)}
        </p>
        {markdown !== undefined && <CopyButton label={words.markdown} copy={() => copyText(markdown)} />}
        <button type="button" className="btn quiet" onClick={() => window.print()}>
          {words.print}
        </button>
        {children}
        <Downloads runId={runId} />
      </div>
    </Fold>
  );
}

/** The address of this page, not of a place on it. */
function addressOf(): string {
  const address = new URL(window.location.href);
  address.hash = "";
  return address.href;
}

function reachOf({ hostname, host }: Location): string {
  const isHere = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return isHere ? words.linkHere : words.linkReach(host);
}
