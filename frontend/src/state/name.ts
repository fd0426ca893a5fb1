import { createStore } from "zustand/vanilla";
import { readText, writeText } from "./storage";

const KEY = "sayso.name";

/** Under which name this browser decides; empty until somebody has said it. */
export const name = createStore<{ name: string }>(() => ({ name: "" }));

export function loadName(): void {
  name.setState({ name: readText(KEY) ?? "" });
}

export function setName(value: string): void {
  name.setState({ name: value });
  writeText(KEY, value.trim() === "" ? null : value.trim());
}
