import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";

const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Which Chromium runs the tests: the one named by E2E_CHROMIUM, else Playwright's own, else the system's. */
export function browser(): LaunchOptions {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...QUIET] : QUIET;
  const named = process.env.E2E_CHROMIUM;
  if (named !== undefined && named !== "") return { executablePath: named, args };
  if (existsSync(chromium.executablePath())) return { args };
  return { executablePath: "/usr/bin/chromium", args };
}
