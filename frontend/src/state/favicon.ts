const PEN = "#2a4b9b";
const PLAIN = 'link[rel="icon"]';

/** The page's sign, with a number on it; none with an empty text. */
export function faviconOf(text: string): string {
  const wide = text.length > 2;
  const size = wide ? 14 : text.length === 2 ? 20 : 25;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
    `<rect x="0" y="${wide ? 6 : 2}" width="32" height="${wide ? 20 : 28}" rx="7" fill="${PEN}"/>` +
    `<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="sans-serif" font-weight="700" ` +
    `font-size="${size}" fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Shows a number in the tab, or the plain sign again. */
export function showFavicon(text: string): void {
  const own = document.head.querySelector<HTMLLinkElement>("link[data-count]");
  if (text === "") {
    own?.remove();
    return;
  }
  // One of ours behind the page's: browsers take the last, and React minds its own.
  const link = own ?? document.createElement("link");
  link.rel = "icon";
  link.type = "image/svg+xml";
  link.dataset.count = text;
  link.href = faviconOf(text);
  const last = [...document.head.querySelectorAll(PLAIN)].at(-1);
  if (last !== link) document.head.append(link);
}
