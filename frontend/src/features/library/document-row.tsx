import { useState } from "react";
import type { LibraryDocument } from "@/protocol";
import { takeOutDocument } from "@/state/documents";
import { documents as words } from "@/strings";
import styles from "./library.module.css";

/** One document: what it is called, what has become of it, and what can be done with it. */
export function DocumentRow({
  document,
  picked,
  onPick,
  onGone,
}: {
  document: LibraryDocument;
  picked: boolean;
  onPick: (picked: boolean) => void;
  onGone: (said: string) => void;
}) {
  const name = document.name.replace(/^added\//, "");
  const searched = document.state === "searched";
  const facts = [
    document.title !== "" && document.title !== name ? name : null,
    document.date,
    document.size === null ? null : words.size(document.size),
    words.states[document.state] || null,
  ].filter((each) => each !== null);
  return (
    <li className={styles.row}>
      <input
        type="checkbox"
        aria-label={words.pick(document.title || name)}
        checked={picked}
        disabled={!searched}
        onChange={(event) => onPick(event.target.checked)}
      />
      <div className={styles.what}>
        <span className={styles.name} dir="auto">
          {document.title || name}
        </span>
        <small className={styles[document.state]}>{facts.join(" · ")}</small>
        {document.says !== "" && <small dir="auto">{`${name} ${document.says}`}</small>}
      </div>
      {document.added && <Remove name={name} address={document.name} onGone={onGone} />}
    </li>
  );
}

/** Asks once more, in place: what is removed is gone for everybody. */
function Remove({ name, address, onGone }: { name: string; address: string; onGone: (said: string) => void }) {
  const [sure, setSure] = useState(false);
  const press = async (): Promise<void> => {
    if (!sure) {
      setSure(true);
      return;
    }
    onGone((await takeOutDocument(address)) ? words.removed(name) : words.failed);
  };
  return (
    <button
      type="button"
      className="btn"
      aria-label={sure ? `${words.sure}: ${name}` : words.removeNamed(name)}
      onBlur={() => setSure(false)}
      onClick={() => void press()}
    >
      {sure ? words.sure : words.remove}
    </button>
  );
}
