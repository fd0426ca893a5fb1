// Writes a Content-Security-Policy into every exported page, as the last step of `npm run build`.
// A static export has no server that could deal out nonces, so each inline script is named by its hash: what Next.js
// wrote at build time runs, and nothing that came into the page later.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const META = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

/** The inline scripts of a page, as their text; scripts with a `src` are covered by 'self'. */
function inlineScripts(html) {
  const scripts = html.matchAll(/<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/gi);
  return [...scripts].filter(({ groups }) => !/\ssrc=/i.test(groups.attributes)).map(({ groups }) => groups.text);
}

function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

function policyOf(html) {
  const hashes = [...new Set(inlineScripts(html).map(hashOf))];
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...hashes].join(" ")}`,
    // Style attributes cannot be named by a hash, and the framework's own error page has some.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    // Stands for the websocket of the same host too, in Chromium, in Firefox and in Safari from 16 on.
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

/** First in the head: a policy holds for what comes after it. */
function withPolicy(html) {
  const bare = html.replace(META, "");
  const head = /<head[^>]*>/i.exec(bare);
  if (head === null) throw new Error("there is no <head>");
  const end = head.index + head[0].length;
  return `${bare.slice(0, end)}<meta http-equiv="Content-Security-Policy" content="${policyOf(bare)}"/>${bare.slice(end)}`;
}

const pages = readdirSync(OUT, { recursive: true }).filter((name) => name.endsWith(".html"));
if (pages.length === 0) throw new Error(`there is no page in ${OUT}: run \`npm run build\``);
for (const page of pages) {
  const path = join(OUT, page);
  writeFileSync(path, withPolicy(readFileSync(path, "utf8")));
}
