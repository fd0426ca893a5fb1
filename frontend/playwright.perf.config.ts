import { defineConfig } from "@playwright/test";
import { browser } from "./e2e/browser";

/** Figures, no verdicts: `npm run perf` prints how fast the exported page is on this machine. */
export default defineConfig({
  testDir: "perf",
  outputDir: "test-results/perf",
  timeout: 120_000,
  workers: 1,
  reporter: "line",
  use: { viewport: { width: 1280, height: 900 }, launchOptions: browser() },
});
