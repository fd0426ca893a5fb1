import { expect, test } from "@playwright/test";
import { Desk, expectClean, listen, scrollsSideways, tabTo } from "./desk";

test("eight findings are compact, and the first two stand whole above the fold", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const cards = desk.review.getByRole("region", { name: "Findings" }).getByRole("article");
  const tops = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect()));
  const [first, second] = tops;
  const eighth = tops[7] ?? tops.at(-1);
  if (first === undefined || second === undefined || eighth === undefined) throw new Error("too few findings");
  const wide = (page.viewportSize()?.width ?? 0) > 1_000;
  expect(eighth.bottom - first.top).toBeLessThan(wide ? 1_800 : 2_800);
  const bar = await page.locator("[data-decision-bar]").boundingBox();
  expect(second.bottom).toBeLessThan(bar?.y ?? 0);
  await expect(desk.review.getByText(/^[2-9] of \d+ looked at$/)).toBeVisible();
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
