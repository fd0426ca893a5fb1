import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { browser } from "./e2e/browser";
import { browserOf } from "./e2e/desk";

const backend = "http://127.0.0.1:8124";
const page = "http://localhost:3000";

/** The same loop through `next dev`, whose rewrites carry /api and the websocket to the backend. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "dev.spec.ts",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 1,
  reporter: "list",
  use: { baseURL: page, storageState: browserOf("Ada", page), trace: "retain-on-failure", launchOptions: browser() },
  projects: [{ name: "dev", use: { viewport: { width: 1280, height: 900 } } }],
  webServer: [
    {
      command: "../.venv/bin/sayso serve --port 8124",
      url: `${backend}/healthz`,
      timeout: 60_000,
      reuseExistingServer: false,
      env: { SAYSO_DATA_DIR: mkdtempSync(join(tmpdir(), "sayso-dev-")), SAYSO_SOURCES: "library" },
    },
    {
      command: "npm run dev",
      url: `${page}/`,
      timeout: 120_000,
      reuseExistingServer: false,
      env: { SAYSO_BACKEND: backend },
    },
  ],
});
