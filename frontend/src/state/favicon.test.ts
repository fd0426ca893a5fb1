// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { faviconOf, showFavicon } from "./favicon";

const icons = () => [...document.head.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')].map((link) => link.href);

beforeEach(() => {
  document.head.innerHTML = '<link rel="icon" href="/icon.svg">';
});

test("a number is the last icon of the page, and gone when there is none", () => {
  showFavicon("3");
  expect(icons().at(-1)).toBe(faviconOf("3"));
  expect(decodeURIComponent(faviconOf("3"))).toContain(">3</text>");
  showFavicon("100+");
  expect(icons()).toHaveLength(2);
  expect(decodeURIComponent(icons().at(-1) ?? "")).toContain(">100+</text>");
  showFavicon("");
  expect(icons()).toEqual([`${window.location.origin}/icon.svg`]);
});

test("an icon that the page adds later does not hide it", () => {
  showFavicon("3");
  document.head.insertAdjacentHTML("beforeend", '<link rel="icon" href="/icon.svg?2">');
  showFavicon("4");
  expect(icons().at(-1)).toBe(faviconOf("4"));
});
