import { useRef } from "react";
import { useSignature } from "@/components/signature";
import { isReportRun, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { runText as words } from "@/strings";
import styles from "./cancel.module.css";

export function CancelButton({ session, view }: { session: RunSession; view: RunView }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { sign, dialog: signature } = useSignature();
  const cancel = (): void => {
    dialog.current?.close();
    sign((by) => session.cancel(by));
  };
  return (
    <>
      <button
        type="button"
        className={`btn quiet ${styles.open}`}
        aria-disabled={view.cancelling}
        onClick={() => !view.cancelling && dialog.current?.showModal()}
      >
        {view.cancelling ? words.cancelling : words.cancel}
      </button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="cancel-question">
        <h2 id="cancel-question">{words.cancelQuestion}</h2>
        <p>{isReportRun(view.run) ? words.cancelHint : words.cancelHintOther}</p>
        <div className={styles.actions}>
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            {words.cancelNo}
          </button>
          <button type="button" className="btn no" onClick={cancel}>
            {words.cancelYes}
          </button>
        </div>
      </dialog>
      {signature}
    </>
  );
}
