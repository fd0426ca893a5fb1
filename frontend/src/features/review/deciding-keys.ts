import type { KeyboardEvent } from "react";

/** Ctrl+Enter (on a Mac Cmd+Enter): from a field it leads to the buttons. It decides nothing, whatever was typed. */
export function leadsToButtons(event: KeyboardEvent): boolean {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey);
}

/** Leads to a button, and shows it: with Ctrl a browser takes no key for a sign of somebody who works by keyboard. */
export function leadTo(button: HTMLElement | null | undefined): void {
  const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true };
  button?.focus(options);
}

/** For the buttons that decide: the key that has led to them may still be held down, or be pressed once more. */
export function pressNothingHeld(event: KeyboardEvent): void {
  if (event.key === "Enter" && (event.repeat || event.ctrlKey || event.metaKey)) event.preventDefault();
}
