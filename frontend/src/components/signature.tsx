import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { useName } from "@/state/hooks";
import { isUnsigned, leaveUnsigned, name as names, setName } from "@/state/name";
import { signatureText as words } from "@/strings";
import styles from "./signature.module.css";

type Sign = (act: (by: string) => void) => void;

/**
 * A name for what is decided: `sign` acts at once where one is known, and asks for it first where none is. It asks
 * once: the name is kept, and whoever goes on without one is not asked again. The dialog has to be rendered.
 */
export function useSignature(): { sign: Sign; dialog: ReactNode } {
  const element = useRef<HTMLDialogElement>(null);
  const waiting = useRef<((by: string) => void) | null>(null);
  const by = useName();
  const sign: Sign = (act) => {
    if (by.trim() !== "" || isUnsigned()) {
      act(by.trim());
      return;
    }
    waiting.current = act;
    element.current?.showModal();
  };
  const go = (): void => {
    const act = waiting.current;
    waiting.current = null;
    element.current?.close();
    act?.(names.getState().name.trim());
  };
  return { sign, dialog: <SignatureDialog ref={element} onSigned={go} /> };
}

function SignatureDialog({ ref, onSigned }: { ref: React.RefObject<HTMLDialogElement | null>; onSigned: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [complaint, setComplaint] = useState(false);
  const empty = typed.trim() === "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setComplaint(empty);
    if (empty) return;
    setName(typed.trim());
    onSigned();
  };
  const without = (): void => {
    leaveUnsigned();
    onSigned();
  };
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <h2 id={`${id}-title`}>{words.title}</h2>
        <p id={`${id}-why`}>{words.why}</p>
        <label htmlFor={`${id}-name`}>{words.name}</label>
        <input
          id={`${id}-name`}
          aria-describedby={`${id}-why ${id}-note`}
          aria-invalid={complaint && empty}
          value={typed}
          maxLength={100}
          autoComplete="name"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p id={`${id}-note`} role="alert" className="alert">
          {complaint && empty && words.needed}
        </p>
        <div className={styles.actions}>
          <button type="button" className={`btn quiet ${styles.back}`} onClick={() => ref.current?.close()}>
            {words.back}
          </button>
          <button type="button" className="btn" onClick={without}>
            {words.without}
          </button>
          <button type="submit" className="btn primary">
            {words.sign}
          </button>
        </div>
      </form>
    </dialog>
  );
}
