import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { browserOf } from "./desk";

/** A process that says on one of its outputs when it is ready; resolves to what the pattern's group caught. */
async function started(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    const onData = (data: Buffer): void => {
      said += data;
      const found = pattern.exec(said);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it was ready:\n${said}`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await end;
}

/** A real server of its own, to be killed and started again on the same data and the same port. */
export class Backend {
  #folder = mkdtempSync(join(tmpdir(), "sayso-e2e-"));
  #environment: Record<string, string>;
  #process: ChildProcess | null = null;
  #port = "0";

  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#process = spawn("../.venv/bin/sayso", ["serve", "--port", this.#port], {
      env: {
        ...process.env,
        SAYSO_DATA_DIR: this.#folder,
        SAYSO_SOURCES: "library",
        // A few documents are read in a moment.
        SAYSO_LIBRARY: "../docs",
        COLUMNS: "200",
        PYTHONPATH: "..:../backend/tests",
        ...this.#environment,
      },
    });
    this.#port = await started(this.#process, /open http:\/\/\S+?:(\d+)/);
  }

  /** SIGKILL: the server has no moment to put anything in order. */
  async kill(): Promise<void> {
    if (this.#process !== null) await ended(this.#process);
  }

  /** A command on this server's data; what it prints. */
  sayso(...command: string[]): string {
    const env = { ...process.env, SAYSO_DATA_DIR: this.#folder, ...this.#environment };
    return execFileSync("../.venv/bin/sayso", command, { env, encoding: "utf8" }).trim();
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A model that takes its time, so that there is something to interrupt. */
async function slowModel(): Promise<{ url: string; close: () => Promise<void> }> {
  const script = ["../backend/tests/model_server.py", "--port", "0", "--delay", "0.4"];
  const child = spawn("../.venv/bin/python", script);
  const url = await started(child, /answers at (\S+)/);
  return { url, close: () => ended(child) };
}

/** Tests against a server of their own; `page` and `baseURL` are that server's. */
export const test = base.extend<{ environment: Record<string, string>; model: boolean; backend: Backend }>({
  environment: [{}, { option: true }],
  /** Whether the reports are written by a slow model. */
  model: [false, { option: true }],
  backend: async ({ environment, model }, use) => {
    const scripted = model ? await slowModel() : null;
    const asked: Record<string, string> =
      scripted === null ? {} : { OPENAI_API_KEY: "any", OPENAI_BASE_URL: scripted.url };
    const backend = new Backend({ ...asked, ...environment });
    await backend.start();
    await use(backend);
    await backend.close();
    await scripted?.close();
  },
  baseURL: async ({ backend }, use) => use(backend.url),
  storageState: async ({ baseURL }, use) => use(browserOf("Ada", baseURL ?? "")),
});
