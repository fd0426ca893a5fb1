import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import styles from "./popover.module.css";

interface PopoverProps {
  /** What the button is called. */
  label: string;
  /** What stands on it; left out, the label. */
  face?: ReactNode;
  className?: string;
  /** What opens; it is handed a way to close it again. */
  children: (close: () => void) => ReactNode;
}

/** A button, and what can be done there. Escape, a click elsewhere, and leaving it by keyboard close it. */
export function Popover({ label, face, className = "", children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    if (root.current?.contains(document.activeElement)) button.current?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [open]);
  useLayoutEffect(() => {
    const box = panel.current?.getBoundingClientRect();
    if (!open || box === undefined) return;
    // Where there is no room below, it opens above; where there is none to the left, to the right.
    const foot = document.querySelector("[data-decision-bar]")?.getBoundingClientRect().top ?? window.innerHeight;
    panel.current?.toggleAttribute("data-above", box.bottom > foot && box.top > box.height);
    panel.current?.toggleAttribute("data-right", box.left < 0);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
  };
  const onBlur = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && !root.current?.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the button and of what it opens
    <span ref={root} className={styles.root} onKeyDown={onKeyDown} onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={face === undefined ? undefined : label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {face ?? label}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a line of text */}
      <span ref={panel} id={id} role="group" aria-label={label} hidden={!open} className={styles.panel}>
        {open && children(close)}
      </span>
    </span>
  );
}
