// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { setTheme, THEME_SCRIPT, theme, watchTheme } from "./theme";

const root = document.documentElement;
const colors = () => [...document.querySelectorAll("meta")].map((meta) => meta.content);

beforeEach(() => {
  localStorage.clear();
  delete root.dataset.theme;
  document.head.innerHTML = ["light", "dark"]
    .map((each) => `<meta name="theme-color" media="(prefers-color-scheme: ${each})" content="${each}">`)
    .join("");
});

test("a choice is shown at once and kept; the system's is not kept", () => {
  setTheme("dark");
  expect([root.dataset.theme, localStorage.getItem("sayso.theme")]).toEqual(["dark", "dark"]);
  expect(new Set(colors()).size).toBe(1);
  setTheme("system");
  expect([root.dataset.theme, localStorage.getItem("sayso.theme")]).toEqual([undefined, null]);
  expect(new Set(colors()).size).toBe(2);
});

test("the script in the head shows the choice of last time, and nothing else", () => {
  const run = new Function(THEME_SCRIPT);
  for (const [kept, shown] of [
    ["light", "light"],
    ["dark", "dark"],
    ["<b>", undefined],
  ] as const) {
    delete root.dataset.theme;
    localStorage.setItem("sayso.theme", kept);
    run();
    expect(root.dataset.theme).toBe(shown);
  }
});

test("a choice of another tab is followed", () => {
  const stop = watchTheme();
  localStorage.setItem("sayso.theme", "light");
  window.dispatchEvent(new StorageEvent("storage", { key: "sayso.theme" }));
  expect(theme.getState().theme).toBe("light");
  expect(root.dataset.theme).toBe("light");
  stop();
});
