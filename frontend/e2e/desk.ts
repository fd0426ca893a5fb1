import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/** A browser that knows its person's name, or does not know it yet. */
export function browserOf(name: string | null, origin: string) {
  return {
    cookies: [],
    origins: name === null ? [] : [{ origin, localStorage: [{ name: "sayso.name", value: name }] }],
  };
}

/** What went over the page's websockets, and every request that it made. */
export interface Wire {
  sent: Record<string, unknown>[];
  received: Record<string, unknown>[];
  requests: { method: string; url: string }[];
}

export function listen(page: Page): Wire {
  const wire: Wire = { sent: [], received: [], requests: [] };
  page.on("request", (request) => wire.requests.push({ method: request.method(), url: request.url() }));
  page.on("websocket", (socket) => {
    socket.on("framesent", (frame) => wire.sent.push(JSON.parse(String(frame.payload))));
    socket.on("framereceived", (frame) => wire.received.push(JSON.parse(String(frame.payload))));
  });
  return wire;
}

/** That axe finds nothing to complain about. */
export async function expectClean(page: Page, state: string): Promise<void> {
  const results = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = results.violations.map((each) => `${state}: ${each.id} at ${each.nodes[0]?.target.join(" ")}`);
  expect(found).toEqual([]);
}

/** What a decision on the wire wants to have searched: in its field, or as prose where nobody has read it. */
export function wished(decision: Record<string, unknown> | undefined): unknown[] {
  return [decision?.feedback, ...((decision?.search ?? []) as unknown[])];
}

export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

export const EXAMPLE = "How do redirects work in Next.js?";

/** One person at the page, in the words that a person would use. */
export class Desk {
  constructor(readonly page: Page) {}

  get review() {
    return this.page.getByRole("region", { name: "Review" });
  }
  /** One for each finding; what was not found has boxes of its own. */
  get boxes() {
    return this.review.getByRole("region", { name: "Findings" }).getByRole("checkbox");
  }
  get report() {
    return this.page.getByRole("region", { name: "Report" });
  }
  /** Of a finished report it is folded, and in the page nevertheless. */
  get timeline() {
    return this.page.getByRole("region", { name: "Timeline", includeHidden: true });
  }
  get feedback() {
    return this.page.getByRole("textbox", { name: "Feedback" });
  }
  get note() {
    return this.page.getByRole("textbox", { name: "For the writer" });
  }
  get approve() {
    return this.page.getByRole("button", { name: /^Approve/ });
  }
  get reject() {
    return this.page.getByRole("button", { name: /^(Send back|Reject)/ });
  }
  get status() {
    return this.page.getByRole("status");
  }

  /** How a finished report came about: its timeline. */
  async openCourse(): Promise<void> {
    const button = this.page.getByRole("button", { name: /^How it came about/ });
    await button.click();
    await expect(button).toHaveAttribute("aria-expanded", "true");
  }

  /** Ways to take a report elsewhere: beside the text, or behind a button where there is no room. */
  async openTaking(): Promise<void> {
    const button = this.page.getByRole("button", { name: "Share and download" });
    if (await button.isVisible()) await button.click();
    await expect(this.report.getByRole("button", { name: "Copy link" })).toBeVisible();
  }

  async ask(question: string = EXAMPLE): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("textbox", { name: "Question" }).fill(question);
    await this.page.getByRole("button", { name: "Start research" }).click();
    await this.page.waitForURL(/\/run\/\?id=/);
  }

  async askToReview(question?: string): Promise<void> {
    await this.ask(question);
    await this.waits(1);
  }

  /** At the report on all that was found for the example. */
  static async atReport(page: Page): Promise<Desk> {
    const desk = new Desk(page);
    await desk.askToReview();
    await desk.approve.click();
    await desk.done();
    return desk;
  }

  async waits(round: number, timeout?: number): Promise<void> {
    await expect(this.review).toContainText(`Round ${round}`, { timeout });
    await expect(this.status).toHaveText("Waiting for your decision");
  }

  /** Writes to the writer; on a phone the field is behind its name. */
  async tellWriter(note: string): Promise<void> {
    const opener = this.page.getByRole("button", { name: "For the writer", exact: true });
    if (await opener.isVisible()) await opener.click();
    await this.note.fill(note);
  }

  async done(): Promise<void> {
    await expect(this.status).toHaveText("Done");
    await expect(this.report).toContainText("Evidence approved");
  }
}

/** Presses Tab until the focus is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${target}`);
}
