import { createStore } from "zustand/vanilla";
import { readText, writeText } from "./storage";

/** As the system does, or as the person chose. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "sayso.theme";
const PAPER = { light: "#faf8f3", dark: "#16150f" };

export const theme = createStore<{ theme: Theme }>(() => ({ theme: "system" }));

/** Runs in the head of the page, before anything is painted: the choice of last time, without a flash of the other. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem("${KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

function loadTheme(): void {
  show(themeOf(readText(KEY)));
}

export function setTheme(chosen: Theme): void {
  writeText(KEY, chosen === "system" ? null : chosen);
  show(chosen);
}

/** Shows a choice that was made in another tab too. Returns a function that stops. */
export function watchTheme(): () => void {
  loadTheme();
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY || event.key === null) loadTheme();
  };
  window.addEventListener("storage", onStorage);
  return () => window.removeEventListener("storage", onStorage);
}

export function themeOf(text: string | null): Theme {
  return THEMES.find((each) => each === text) ?? "system";
}

function show(chosen: Theme): void {
  theme.setState({ theme: chosen });
  const { dataset } = document.documentElement;
  if (chosen === "system") delete dataset.theme;
  else dataset.theme = chosen;
  // The bar of a phone's browser follows too: there is one color for each of the system's themes.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = (meta.getAttribute("media") ?? "").includes("dark") ? "dark" : "light";
    meta.content = PAPER[chosen === "system" ? own : chosen];
  }
}
