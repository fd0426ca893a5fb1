import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { browser } from "./e2e/browser";
import { browserOf } from "./e2e/desk";

const port = Number(process.env.E2E_PORT ?? 8123);
const baseURL = `http://127.0.0.1:${port}`;

/** Workflows that are hosted beside the report. */
const OWN = [
  ["rewrite", "examples.rewrite_workflow:RewriteWorkflow"],
  ["grade", "support.own_workflows:GradeIt"],
  ["form", "support.own_workflows:Form"],
  ["blocks", "support.block_workflow:InBlocks"],
];

/** The exported page, served by the real backend: run `npm run build` first. */
export default defineConfig({
  testDir: "e2e",
  testIgnore: "dev.spec.ts",
  timeout: 40_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: { baseURL, storageState: browserOf("Ada", baseURL), trace: "retain-on-failure", launchOptions: browser() },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 900 } } },
    // A phone has no Tab key, and what is the same on every screen is looked at once.
    {
      name: "phone",
      testMatch: /(access|blocks|desk-work|documents|inbox|loop|marks|quotes|report|review|sorting)\.spec\.ts/,
      grepInvert: /by keyboard|@desktop/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: `../.venv/bin/sayso serve --port ${port}`,
    url: `${baseURL}/healthz`,
    timeout: 60_000,
    reuseExistingServer: false,
    env: {
      SAYSO_DATA_DIR: mkdtempSync(join(tmpdir(), "sayso-e2e-")),
      SAYSO_SOURCES: "library",
      SAYSO_WORKFLOWS: OWN.map(([name, path]) => `${name}=${path}`).join(","),
      // As started in the repository's root, with the workflows of the backend's tests beside.
      PYTHONPATH: "..:../backend/tests",
    },
  },
});
