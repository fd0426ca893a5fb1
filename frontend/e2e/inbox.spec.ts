import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { EXAMPLE, expectClean, scrollsSideways } from "./desk";

/** Within which time what happens elsewhere must be on the page. */
const SOON = { timeout: 2_000 };

/** Starts a run as another program would. */
async function askElsewhere(request: APIRequestContext, question: string, by = "Grace"): Promise<string> {
  const answer = await request.post("/api/runs", { data: { question, by } });
  expect(answer.status()).toBe(201);
  return (await answer.json()).id;
}

async function waiting(request: APIRequestContext, runId: string): Promise<number> {
  const review = async (): Promise<number> => (await (await request.get(`/api/runs/${runId}`)).json()).open_reviews[0];
  await expect.poll(review, { timeout: 20_000 }).toBeGreaterThan(0);
  return review();
}

/** Text that no other test's questions have. */
function unique(): string {
  return `x${Math.random().toString(36).slice(2, 10)}`;
}

const row = (page: Page, text: string) => page.getByRole("link", { name: new RegExp(text) });
const group = (page: Page, name: RegExp) => page.getByRole("region", { name });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search questions and names" });
const show = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The list is there, and so is the stream that keeps it. */
async function openInbox(page: Page, address = "/"): Promise<void> {
  const stream = page.waitForResponse(/\/api\/runs\/stream$/);
  const list = page.waitForResponse(/\/api\/runs\?/);
  await page.goto(address);
  await Promise.all([stream, list]);
}

test("what happens elsewhere shows by itself: a question, that it waits, a decision", async ({ page, request }) => {
  const word = unique();
  await openInbox(page);
  const runId = await askElsewhere(request, `${EXAMPLE} ${word}`);
  await expect(row(page, word)).toContainText("asked by Grace", SOON);
  const review = await waiting(request, runId);
  await expect(group(page, /^Needs a decision/).getByRole("link", { name: new RegExp(word) })).toBeVisible(SOON);
  await expect(row(page, word)).toContainText(/Decide.*Round 1 · \d+ findings from \d+ sources/);
  await expect(page).toHaveTitle(/^\(\d+\+?\) Sayso$/);
  await request.post(`/api/runs/${runId}/response`, { data: { review, response: "approve", by: "Linus" } });
  const today = group(page, /^Today/).getByRole("link", { name: new RegExp(word) });
  await expect(today).toContainText("evidence approved by Linus");
  await request.delete(`/api/runs/${runId}`);
  await expect(row(page, word)).toHaveCount(0, SOON);
});

test("a reader who has scrolled is told, and nothing moves until then", { tag: "@desktop" }, async ({
  page,
  request,
}) => {
  const word = unique();
  for (let n = 0; n < 12; n += 1) await askElsewhere(request, `What is ${word} ${n}?`);
  await openInbox(page, `/?q=${word}`);
  await expect(page.locator("[data-run]")).toHaveCount(12);
  await expect(group(page, /^Running/)).toHaveCount(0, { timeout: 20_000 });
  await page.evaluate(() => window.scrollTo({ top: 300, behavior: "instant" }));
  const seen = row(page, `${word} 4`);
  const place = await seen.boundingBox();
  await askElsewhere(request, `What is ${word} new?`);
  const news = page.getByRole("button", { name: /^(1 new|\d+ changes?)$/ });
  await expect(news).toBeVisible(SOON);
  expect(await seen.boundingBox()).toEqual(place);
  await expect(row(page, `${word} new`)).toHaveCount(0);
  await expectClean(page, "inbox with news");
  await news.click();
  await expect(row(page, `${word} new`)).toBeFocused();
  await expect(news).toBeHidden();
});

test("what is shown and searched is in the address, for a reload and for Back", { tag: "@desktop" }, async ({
  page,
  request,
}) => {
  const word = unique();
  const runId = await askElsewhere(request, `Where is ${word}?`, "Hedy");
  await askElsewhere(request, `Where else is ${word}, then?`);
  await waiting(request, runId);
  await openInbox(page);
  await show(page, "Needs a decision").click();
  await expect(page).toHaveURL(/\/\?show=waiting$/);
  await search(page).fill(`is ${word}?`);
  await expect(page).toHaveURL(/\/\?show=waiting&q=is/);
  await expect(page.locator("[data-run]")).toHaveCount(1);
  await expect(page.getByRole("status")).toHaveText(`1 question for “is ${word}?”`);
  await page.reload();
  await expect(search(page)).toHaveValue(`is ${word}?`);
  await expect(show(page, "Needs a decision")).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("[data-run]")).toHaveCount(1);
  await row(page, word).click();
  await page.waitForURL(/\/run\//);
  await page.goBack();
  await expect(search(page)).toHaveValue(`is ${word}?`);
  await expect(page.locator("[data-run]")).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/\/\?show=waiting$/);
  await expect(search(page)).toHaveValue("");
  await page.goBack();
  await expect(show(page, "All")).toHaveAttribute("aria-pressed", "true");

  await search(page).fill(`${word} nowhere`);
  await expect(page.getByText(`Nothing matches “${word} nowhere”.`)).toBeVisible();
  await expectClean(page, "search without a match");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue("");
  await expect(page).toHaveURL(/\/$/);
});

test("a further page by keyboard leads to its first row", async ({ page, request }) => {
  const word = unique();
  const ids: string[] = [];
  for (let n = 0; n < 34; n += 1) ids.push(await askElsewhere(request, `Over and out ${word}, ${n}`));
  for (const id of ids) await request.post(`/api/runs/${id}/cancel`, { data: { cancel: true, by: "Grace" } });
  await openInbox(page, `/?show=done&q=${word}`);
  await expect(page.locator("[data-run]")).toHaveCount(30);
  const more = page.getByRole("button", { name: "Load more" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-run]")).toHaveCount(34);
  await expect(page.locator("[data-run]:focus")).toHaveCount(1);
  await expect(more).toBeHidden();
});

for (const theme of ["Light", "Dark"]) {
  test(`axe finds nothing in the inbox when ${theme.toLowerCase()} is chosen`, async ({ page, request }) => {
    const word = unique();
    await page.emulateMedia({ colorScheme: theme === "Light" ? "dark" : "light", reducedMotion: "reduce" });
    const runId = await askElsewhere(request, `Which ${word}?`);
    await waiting(request, runId);
    const cancelled = await askElsewhere(request, `Another ${word}?`);
    await request.post(`/api/runs/${cancelled}/cancel`);
    await openInbox(page, `/?q=${word}`);
    await page.getByRole("combobox", { name: "Theme" }).selectOption({ label: theme });
    await expect(page.locator("[data-run]")).toHaveCount(2);
    await page.getByRole("button", { name: /^Options/ }).click();
    await expectClean(page, `inbox, ${theme}`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const chosen = await paper();
    expect(chosen).toBe(theme === "Light" ? "rgb(250, 248, 243)" : "rgb(22, 21, 15)");
    await page.reload({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme.toLowerCase());
    await expect.poll(paper).toBe(chosen);
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(page.locator("[data-run]")).toHaveCount(2);
    expect(await scrollsSideways(page)).toBe(false);
  });
}

test("an empty desk offers questions to try, and a server that is gone is said", { tag: "@desktop" }, async ({
  page,
}) => {
  // What other tests ask meanwhile would end the emptiness.
  await page.route(/\/api\/runs\/stream/, (route) => route.abort());
  await page.route(/\/api\/runs\?/, (route) => route.fulfill({ json: { runs: [], next: null } }));
  await page.goto("/");
  await expect(page.getByText("Nothing here yet.")).toBeVisible();
  await expectClean(page, "empty desk");
  await page.getByRole("button", { name: EXAMPLE }).click();
  await expect(page.getByRole("textbox", { name: "Question" })).toHaveValue(EXAMPLE);
  await expect(page.getByRole("textbox", { name: "Question" })).toBeFocused();

  await page.unrouteAll();
  await page.route(/\/api\/runs/, (route) => route.abort());
  await page.clock.install();
  await page.goto("/?show=done");
  await expect(page.getByText("The server does not answer.")).toBeVisible();
  await expectClean(page, "no server");
  // Else it may find the server by itself before the button is pressed.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await page.unroute(/\/api\/runs/);
  await page.getByRole("button", { name: "Try again now" }).click();
  await expect(page.getByText("The server does not answer.")).toBeHidden();
});
