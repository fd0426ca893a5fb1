import { createStore } from "zustand/vanilla";
import { readText, writeText } from "./storage";

const KEY = "sayso.name";

export interface NameView {
  /** Under which name this browser decides; empty until somebody has said it. */
  name: string;
  /** Whether it needs no asking: it was there when the page came, or was used since. Null until that is known. */
  kept: boolean | null;
  /** Whether somebody who was asked went on without one. This page does not ask again; the next one does. */
  unsigned: boolean;
}

export const name = createStore<NameView>(() => ({ name: "", kept: null, unsigned: false }));

export function loadName(): void {
  name.setState({ name: readText(KEY) ?? "" });
}

/** Looks whether the name has to be asked for; what is typed from now on changes nothing about that. */
export function lookForName(): void {
  const stored = readText(KEY) ?? "";
  name.setState({ name: stored, kept: stored !== "" });
}

/** Does not ask any more: the name was used, or left out on purpose. */
export function keepName(): void {
  name.setState({ kept: true });
}

/** Whether there is no name, and that is what somebody wants. */
export function isUnsigned(): boolean {
  return name.getState().unsigned;
}

export function leaveUnsigned(): void {
  name.setState({ unsigned: true });
}

export function setName(value: string): void {
  name.setState({ name: value });
  writeText(KEY, value.trim() === "" ? null : value.trim());
}
