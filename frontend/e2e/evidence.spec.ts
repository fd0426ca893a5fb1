import { expect, type Page, test } from "@playwright/test";
import { Desk, expectClean, listen, scrollsSideways } from "./desk";

const NEVER = "purple elephants in Antarctica";

async function askForText(page: Page): Promise<Desk> {
  const desk = new Desk(page);
  await page.goto("/");
  await page.getByRole("button", { name: /^Options/ }).click();
  await page.getByRole("checkbox", { name: "Show me the finished text before it is released" }).check();
  await page.getByRole("textbox", { name: "Question" }).fill("How do redirects work in Next.js?");
  await page.getByRole("button", { name: "Start research" }).click();
  await desk.waits(1);
  return desk;
}

test("a quote is read in its context, by keyboard, and the focus comes back", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const card = desk.review.getByRole("article").first();
  await card.getByRole("button", { name: /^(Quote|Whole passage)$/ }).click();
  const quoted = await card.locator("mark").first().innerText();
  const button = card.getByRole("button", { name: /^In context/ });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("mark").filter({ hasText: quoted })).toBeVisible();
  await expectClean(page, "a quote in context");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test("a passage that cannot be read is read on the second try", async ({ page }) => {
  await page.route(/\/sources\//, (route) => route.abort());
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.review
    .getByRole("button", { name: /^In context/ })
    .first()
    .click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be read" })).toBeVisible();
  await page.unroute(/\/sources\//);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog").locator("mark").first()).toBeVisible();
});

test("a reworded claim survives a reload, is approved as worded, and the report says so", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.review
    .getByRole("button", { name: /^Reword/ })
    .first()
    .click();
  const field = page.getByRole("textbox", { name: "The claim in your words" });
  const claim = (await field.inputValue()).replace(/\.$/, ", in our words.");
  await field.fill(claim);
  await page.keyboard.press("Enter");
  await expect(desk.review.getByText("Reworded by you")).toBeVisible();
  await page.reload();
  await desk.waits(1);
  await expect(desk.review.getByRole("heading", { name: claim })).toBeVisible();
  await expectClean(page, "a reworded claim");
  await desk.approve.click();
  await desk.done();
  expect(Object.values(wire.sent.find((frame) => "response" in frame)?.edits ?? {})).toEqual([claim]);
  await expect(desk.timeline).toContainText("1 claim reworded");
  await desk.report.getByText("1 claim reworded before approval").click();
  await desk.report.getByText(/^Reworded by/).click();
  await expectClean(page, "a report with a reworded claim");
});

test("what was searched for in vain is said, counted apart, and left out when unticked", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.feedback.fill(`What about ${NEVER}?`);
  await page.getByRole("button", { name: "Keep all" }).click();
  await desk.reject.click();
  await desk.waits(2);
  const gaps = desk.review.getByRole("region", { name: /^Searched for, and not found/ });
  await expect(gaps).toContainText(/purple elephants/i);
  const findings = await desk.boxes.count();
  await expect(desk.approve).toHaveText(new RegExp(`^Approve all ${findings} findings`));
  await gaps.getByRole("checkbox").first().uncheck();
  await expect(gaps).toContainText("Will not be mentioned");
  await expect(desk.approve).toBeEnabled();
  await desk.approve.click();
  await desk.done();
  await expect(desk.report.getByRole("heading", { name: "Sources", exact: true })).toBeVisible();
  await expect(desk.report.getByRole("heading", { name: "Not found" })).toHaveCount(0);
});

test("the text is sent back, written again, released, downloaded, and revised", async ({ page, request }) => {
  test.slow();
  const desk = await askForText(page);
  await desk.approve.click();
  await expect(page.getByText("It has not been approved yet.")).toBeVisible();
  await expect(desk.report).not.toContainText("Report approved");
  await expect(desk.report.getByRole("navigation", { name: "Download" })).toHaveCount(0);
  await expect(desk.approve).toHaveAttribute("aria-disabled", "false");
  await expectClean(page, "a text to approve");
  await desk.reject.click();
  await expect(page.getByText(/^Say what should change/)).toBeVisible();
  await expect(desk.feedback).toBeFocused();
  await desk.feedback.fill("Shorter");
  await desk.reject.click();
  await expect(desk.timeline).toContainText("Rejected by");
  const release = page.getByRole("button", { name: "Approve the report" });
  await expect(release).toHaveAttribute("aria-disabled", "false");
  await release.click();
  await desk.done();
  await expect(desk.report).toContainText("Report approved");
  expect(await scrollsSideways(page)).toBe(false);

  const files = desk.report.getByRole("navigation", { name: "Download" }).getByRole("link");
  await expect(files).toHaveCount(6);
  for (const file of await files.all()) {
    const answer = await request.get(String(await file.getAttribute("href")));
    expect([await file.textContent(), answer.status()]).toEqual([await file.textContent(), 200]);
    expect(answer.headers()["content-disposition"]).toContain("attachment");
  }

  const parent = page.url();
  await page.getByRole("textbox", { name: "What should change?" }).fill("Only what concerns permanent redirects");
  await page.getByRole("button", { name: "Start the revision" }).click();
  await expect(page).not.toHaveURL(parent);
  const back = page.getByRole("link", { name: "How do redirects work in Next.js?" });
  await expect(back).toBeVisible();
  await expect(desk.boxes.first()).toBeVisible();
  await expectClean(page, "a revision");
  await back.click();
  await expect(page).toHaveURL(parent);
});

test("a passage is taken from the document in context, and stands in the report's evidence", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.review
    .getByRole("button", { name: /^In context/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("button", { name: /^Take as a finding/ })
    .last()
    .click();
  await expect(dialog.getByRole("button", { pressed: true })).toHaveText("Taken");
  await expectClean(page, "a passage taken in context");
  await page.keyboard.press("Escape");
  await expect(desk.review.getByRole("region", { name: "Added by you" }).getByRole("listitem")).toHaveCount(1);
  await desk.approve.click();
  await desk.done();
  expect(wire.sent.find((frame) => "response" in frame)?.add).toHaveLength(1);
});

test("a text is struck and commented unit by unit, and what changed is shown", async ({ page }) => {
  test.slow();
  const wire = listen(page);
  const desk = await askForText(page);
  await desk.approve.click();
  await expect(page.getByText("It has not been approved yet.")).toBeVisible();
  const menus = desk.report.getByRole("button", { name: /^Change: / });
  await menus.first().click();
  await expectClean(page, "the menu of a sentence");
  await page.getByRole("button", { name: "Strike it" }).click();
  await menus.nth(1).click();
  await page.getByRole("textbox", { name: "Comment for the writer" }).fill("Say this in other words");
  await page.getByRole("button", { name: "Add the comment" }).click();
  const edits = page.getByRole("list", { name: "What will be sent about single sentences" });
  await expect(edits.getByRole("listitem")).toHaveCount(2);
  await expectClean(page, "a text with edits");
  await expect(desk.reject).toHaveAttribute("aria-disabled", "false");
  await desk.reject.click();
  await expect(page.getByText(/^Version 2: \d+ change/)).toBeVisible({ timeout: 20_000 });
  await page.getByText(/^Version 2: \d+ change/).click();
  await expect(page.getByRole("region", { name: "What was done with the feedback" })).toContainText(
    "Say this in other words",
  );
  await expectClean(page, "what changed");
  const text = wire.sent.findLast((frame) => "response" in frame)?.text as Record<string, unknown>[];
  expect(text.map(({ strike, comment }) => strike ?? comment)).toEqual([true, "Say this in other words"]);
});
