import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Desk, EXAMPLE } from "./desk";

/** More than the six connections that a browser allows to a server. */
const TABS = 8;

/** Opens inboxes side by side; `streams` counts the streams of the list that all of them have asked for. */
async function openInboxes(context: BrowserContext): Promise<{ tabs: Page[]; streams: () => number }> {
  const asked: string[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/runs/stream")) asked.push(request.url());
  });
  const tabs: Page[] = [];
  for (let n = 0; n < TABS; n += 1) {
    const tab = await context.newPage();
    tabs.push(tab);
    await tab.goto("/");
    await expect(tab.getByRole("searchbox", { name: "Search questions and names" })).toBeVisible();
  }
  return { tabs, streams: () => asked.length };
}

const row = (tab: Page, text: string) => tab.getByRole("link", { name: new RegExp(text) });

function unique(): string {
  return `x${Math.random().toString(36).slice(2, 10)}`;
}

/** A run that there is already, so that no inbox is empty. */
test.beforeEach(async ({ request }) => {
  await request.post("/api/runs", { data: { question: EXAMPLE, by: "Grace" } });
});

test("eight tabs are all live over one stream, and a run can be asked and decided in the last", async ({ context }) => {
  test.slow();
  const { tabs, streams } = await openInboxes(context);
  expect(streams()).toBe(1);
  const word = unique();
  const desk = new Desk(tabs.at(-1) as Page);
  await desk.askToReview(`${EXAMPLE} ${word}`);
  for (const tab of tabs.slice(0, -1)) await expect(row(tab, word)).toContainText("Decide");
  await desk.approve.click();
  await desk.done();
  for (const tab of tabs.slice(0, -1)) await expect(row(tab, word)).toContainText("Done");
  expect(streams()).toBe(1);
});

test("when the tab with the stream is closed or left, another takes over and misses nothing", async ({
  context,
  request,
}) => {
  test.slow();
  const { tabs, streams } = await openInboxes(context);
  const [first, second, ...others] = tabs as [Page, Page, ...Page[]];
  const [one, two, three] = [unique(), unique(), unique()];
  const ask = (word: string) => request.post("/api/runs", { data: { question: `${EXAMPLE} ${word}`, by: "Grace" } });
  // What happens in the very moment is on all pages too.
  await Promise.all([first.close(), ask(one)]);
  for (const tab of [second, ...others]) await expect(row(tab, one)).toBeVisible();
  await expect.poll(streams).toBe(2);
  await second.goto("about:blank");
  await ask(two);
  for (const tab of others) await expect(row(tab, two)).toBeVisible();
  await expect.poll(streams).toBe(3);
  // Back out of the browser's store, or read anew: the page is as live as the others.
  await second.goBack();
  await expect(row(second, two)).toBeVisible();
  await ask(three);
  for (const tab of [second, ...others]) await expect(row(tab, three)).toBeVisible();
});

test("a tab that stands still while it has the stream loses it to another", async ({ context, request }) => {
  test.slow();
  const { tabs, streams } = await openInboxes(context);
  const [first, ...others] = tabs as [Page, ...Page[]];
  const session = await context.newCDPSession(first);
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  const word = unique();
  await request.post("/api/runs", { data: { question: `${EXAMPLE} ${word}`, by: "Grace" } });
  await expect.poll(streams, { timeout: 60_000 }).toBeGreaterThan(1);
  for (const tab of others) await expect(row(tab, word)).toBeVisible();
  await session.send("Debugger.disable");
  await expect(row(first, word)).toBeVisible({ timeout: 20_000 });
});
