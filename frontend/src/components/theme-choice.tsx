"use client";

import { useTheme } from "@/state/hooks";
import { setTheme, THEMES, type Theme, themeOf } from "@/state/theme";
import { header as words } from "@/strings";
import styles from "./theme.module.css";

/** Light, dark, or as the system does. The sign shows what is chosen; the list under it is the browser's own. */
export function ThemeChoice() {
  const theme = useTheme();
  return (
    <span className={styles.theme} title={`${words.theme}: ${words.themes[theme]}`}>
      <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" aria-hidden="true">
        <Sign theme={theme} />
      </svg>
      <select aria-label={words.theme} value={theme} onChange={(event) => setTheme(themeOf(event.target.value))}>
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {words.themes[each]}
          </option>
        ))}
      </select>
    </span>
  );
}

const SIGNS: Record<Theme, string> = {
  system: "M9 3a6 6 0 1 1 0 12z",
  light: "M9 1v2m0 12v2M1 9h2m12 0h2M3.3 3.3l1.5 1.5m8.4 8.4 1.5 1.5m0-11.4-1.5 1.5m-8.4 8.4-1.5 1.5",
  dark: "M14.6 11.2A6.3 6.3 0 0 1 6.8 3.4a6.3 6.3 0 1 0 7.8 7.8z",
};

function Sign({ theme }: { theme: Theme }) {
  return (
    <>
      {theme !== "dark" && <circle cx="9" cy="9" r={theme === "light" ? 3.4 : 6} strokeWidth="1.5" />}
      <path
        d={SIGNS[theme]}
        strokeWidth="1.5"
        strokeLinecap="round"
        fill={theme === "light" ? "none" : "currentColor"}
      />
    </>
  );
}
