import { expect, test } from "@playwright/test";
import { Desk, expectClean, listen, scrollsSideways, tabTo } from "./desk";

/** Of five rows, since one of its questions has two parts; the last is answered by nothing in the library. */
const FOUR =
  "How do redirects work in Next.js? How are environment variables exposed to the browser? " +
  "What is a Server Component and when is a Client Component used? Which emperor annexed Dalmatia?";
const PASTED =
  "We are moving our shop to Next.js next month and three things are still open. Today the old addresses of our " +
  "product pages are kept in a table of the database, and every request that finds nothing there ends at our home " +
  "page, which search engines punish. We would like to know how redirects work in Next.js, how many of them are " +
  "allowed in the configuration, and what is to be used instead where there are thousands. Besides, our pages read " +
  "their settings from environment variables, and some of these must reach the browser while others must never leave " +
  "the server. It has to be clear how environment variables are exposed to the browser and when they are read. At " +
  "last we do not know yet which parts of a page are to be Server Components and which Client Components, and how " +
  "data that changes once an hour is cached and revalidated. Please say what the documentation recommends.";

/** That the first two findings are whole above the bar that decides, and eight of them compact. */
async function expectAboveFold(desk: Desk): Promise<void> {
  const { page } = desk;
  const cards = desk.review.getByRole("region", { name: "Findings" }).getByRole("article");
  await expect(cards.nth(1)).toBeVisible();
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const boxes = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect()));
  const [first, second] = boxes;
  const eighth = boxes[7] ?? boxes.at(-1);
  if (first === undefined || second === undefined || eighth === undefined) throw new Error("too few findings");
  const wide = (page.viewportSize()?.width ?? 0) > 1_000;
  expect(eighth.bottom - first.top).toBeLessThan(wide ? 1_800 : 2_800);
  const bar = await page.locator("[data-decision-bar]").boundingBox();
  expect(first.top).toBeGreaterThan(0);
  expect(second.bottom).toBeLessThanOrEqual(bar?.y ?? 0);
}

/** To the third round, with wishes that were met, one that found nothing, and findings kept and set aside. */
async function toThirdRound(desk: Desk): Promise<void> {
  await desk.feedback.fill(
    "How many redirects are allowed? And nothing about rewrites. What about purple elephants in Antarctica?",
  );
  await desk.page.getByRole("button", { name: "Keep all" }).click();
  await desk.reject.click();
  await desk.waits(2);
  await desk.boxes.first().uncheck();
  await desk.feedback.fill("What about revalidation? What about permanent redirects?");
  await desk.reject.click();
  await desk.waits(3);
}

test("eight findings are compact, and the first two stand whole above the fold", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await expectAboveFold(desk);
  await expect(desk.review.getByText(/^[2-9] of \d+ looked at$/)).toBeVisible();
});

test("of four parts each has its row, and in round 3 a line says how they stand: findings stay above the fold", async ({
  page,
}) => {
  const desk = new Desk(page);
  await desk.askToReview(FOUR);
  const table = answersOf(desk);
  await expect(table.getByRole("rowheader")).toHaveCount(5);
  await expectAboveFold(desk);
  await toThirdRound(desk);
  await expectAboveFold(desk);
  await expectClean(page, "round 3");

  await expect(table).toBeHidden();
  await desk.review.getByRole("button", { name: /^\d parts: \d answered, \d not/ }).click();
  await expect(table.getByRole("row").filter({ hasText: "Purple elephants" })).toContainText("Nothing found");
  const account = desk.review.getByRole("region", { name: "What was done with the feedback" });
  await account.getByRole("button", { name: /^Feedback: \d done, 1 found nothing$/ }).click();
  await expect(account.getByRole("listitem").filter({ hasText: "What about revalidation?" })).toContainText("Done");
  expect(await scrollsSideways(page)).toBe(false);
  await expectClean(page, "round 3, opened");
});

test("a pasted text is folded to its beginning, and findings stay above the fold", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview(PASTED);
  await expectAboveFold(desk);
  const heading = page.getByRole("heading", { level: 1 });
  const folded = (await heading.boundingBox())?.height ?? 0;
  const more = page.getByRole("button", { name: "Whole text" });
  await expectClean(page, "a pasted text");
  await more.click();
  expect((await heading.boundingBox())?.height ?? 0).toBeGreaterThan(2 * folded);
  await page.getByRole("button", { name: "Less", exact: true }).click();
  await toThirdRound(desk);
  await expectAboveFold(desk);
});

const PARTS =
  "How do redirects work in Next.js? How are environment variables exposed to the browser? Which emperor annexed Dalmatia?";
const answersOf = (desk: Desk) => desk.review.getByRole("table", { name: /^The best answer/ });

test("a question in parts is answered on the first screen: a row each, or that nothing was found", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview(PARTS);
  const rows = answersOf(desk)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText(/redirects.*(strong|fair|weak)/s);
  await expect(rows.nth(2)).toContainText("Nothing found");
  const last = await rows.nth(2).boundingBox();
  const bar = await page.locator("[data-decision-bar]").boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
  expect(await scrollsSideways(page)).toBe(false);
  await expectClean(page, "answers");
  await page.emulateMedia({ colorScheme: "dark" });
  await expectClean(page, "answers, dark");
});

test("each answer leads to its finding, and the gap to what was searched for, by keyboard", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview(PARTS);
  const links = answersOf(desk).getByRole("link");
  await expect(links).toHaveCount(3);
  for (const at of [0, 2]) {
    const address = (await links.nth(at).getAttribute("href")) ?? "";
    await links.nth(0).focus();
    await tabTo(page, links.nth(at));
    await page.keyboard.press("Enter");
    await expect(page.locator(address)).toBeInViewport();
  }
});

test("feedback is read aloud before it is sent, sorted, and accounted for in the next round", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.feedback.fill("And nothing about rewrites. Add how revalidation works.");
  const chips = page.getByRole("list", { name: "How it is read" });
  await expect(chips.getByRole("button", { name: "Change: Leave out: rewrites" })).toBeVisible();
  await chips.getByRole("button", { name: /^Change: Search: / }).click();
  await page.getByRole("textbox", { name: "In these words" }).fill("revalidation");
  await page.getByRole("textbox", { name: "In these words" }).press("Enter");
  await expect(chips.getByRole("button", { name: "Change: Search: revalidation" })).toBeVisible();
  await expectClean(page, "chips");
  await page.reload();
  await expect(chips.getByRole("button", { name: "Change: Search: revalidation" })).toBeVisible();
  const outcome = page.getByRole("region", { name: "What will happen" });
  await expect(outcome).toContainText(/nothing kept, \d+ set aside, search for “revalidation”, leave out “rewrites”/);
  const claim = (await desk.review.getByRole("heading", { level: 3 }).first().textContent()) ?? "";
  await desk.review
    .getByRole("button", { name: /^More: / })
    .first()
    .click();
  await page.getByRole("textbox", { name: "Why (may be empty)" }).fill("too general");
  await expectClean(page, "the menu of a finding");
  await page.keyboard.press("Enter");
  await expect(outcome).toContainText("1 never again");
  await page.getByRole("button", { name: "None", exact: true }).click();
  await desk.reject.click();

  await desk.waits(2);
  const sent = wire.sent.find((frame) => "response" in frame);
  expect(sent).toMatchObject({ search: ["revalidation"], leave_out: ["rewrites"], feedback: "" });
  expect(Object.values(sent?.drop ?? {})).toEqual(["too general"]);
  const account = desk.review.getByRole("region", { name: "What was done with the feedback" });
  await expect(account).toContainText("Done");
  await expect(desk.review.getByRole("heading", { name: claim, exact: true })).toHaveCount(0);
  await expect(desk.review.getByRole("region", { name: "Findings" })).not.toContainText(/rewrites/i);
  const aside = desk.review.getByRole("button", { name: /^Set aside: \d+/ });
  await aside.click();
  await expectClean(page, "what was set aside");
  await desk.review.getByRole("checkbox").last().check();
  await expect(desk.review.getByText("Comes back")).toBeVisible();
});
