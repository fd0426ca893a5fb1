import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
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
  #port: string;

  /** @param port Where it listens; "0" is wherever there is room. */
  constructor(environment: Record<string, string> = {}, port = "0") {
    this.#environment = environment;
    this.#port = port;
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

/** Another site, at which people sign in, and how it is told to err. */
export interface Provider {
  issuer: string;
  /** Where the server is for the browser: not the provider's site. */
  page: string;
  err(how: string): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Tests against a server at which people sign in through an OpenID Connect provider. */
export const oidcTest = base.extend<{ provider: Provider; backend: Backend }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  provider: async ({}, use) => {
    const child = spawn("../.venv/bin/python", ["../backend/tests/support/oidc_provider.py"]);
    const issuer = await started(child, /answers at (\S+)/);
    const page = `http://localhost:${await freePort()}`;
    const err = async (how: string): Promise<void> => {
      const headers = { "content-type": "application/json" };
      await fetch(`${issuer}/err`, { method: "POST", headers, body: JSON.stringify({ as: how }) });
    };
    await use({ issuer, page, err });
    await ended(child);
  },
  backend: async ({ provider }, use) => {
    const environment = {
      SAYSO_AUTH: "oidc",
      SAYSO_OIDC_ISSUER: provider.issuer,
      // What the provider of the tests knows of its one client.
      SAYSO_OIDC_CLIENT_ID: "sayso",
      SAYSO_OIDC_CLIENT_SECRET: "the client's own secret",
      SAYSO_PUBLIC_URL: provider.page,
    };
    const backend = new Backend(environment, new URL(provider.page).port);
    await backend.start();
    await use(backend);
    await backend.close();
  },
  baseURL: async ({ provider, backend }, use) => {
    expect(backend.url).toContain(new URL(provider.page).port);
    await use(provider.page);
  },
});

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

/** What the servers of `support/source_servers.py` print. */
interface SourceServers {
  wikipedia: string;
  arxiv: string;
  searxng: string;
  sites: string[];
  mcp: string;
  /** What a source of each kind says, by the names of the sources. */
  told: Record<"library" | "wikipedia" | "web" | "tickets", string>;
}

/** Tests against a server that searches sources of every kind side by side, of which arXiv fails. */
export const sourcesTest = test.extend<{ servers: SourceServers }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  servers: async ({}, use) => {
    const env = { ...process.env, PYTHONPATH: "../backend/tests" };
    const child = spawn("../.venv/bin/python", ["-m", "support.source_servers", "--arxiv-fails"], { env });
    await use(JSON.parse(await started(child, /^(\{.*\})$/m)));
    await ended(child);
  },
  environment: async ({ servers }, use) => {
    const library = mkdtempSync(join(tmpdir(), "sayso-e2e-library-"));
    writeFileSync(join(library, "crates.md"), `---\ndate: 2024-05-17\n---\n# Crates\n\n${servers.told.library}\n`);
    await use({
      SAYSO_SOURCES: "library,wikipedia,arxiv,web,mcp",
      SAYSO_LIBRARY: library,
      SAYSO_WIKIPEDIA_URL: servers.wikipedia,
      SAYSO_ARXIV_URL: servers.arxiv,
      SAYSO_SEARXNG_URL: servers.searxng,
      // The one site is on loopback, which is refused unless it is named.
      SAYSO_WEB_NETWORKS: servers.sites.join(","),
      SAYSO_MCP: `tickets=${servers.mcp}#search`,
    });
    rmSync(library, { recursive: true, force: true });
  },
});
