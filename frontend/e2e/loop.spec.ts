import { expect, test } from "@playwright/test";
import { Desk, EXAMPLE, listen, scrollsSideways, wished } from "./desk";

test("a question, a rejection with feedback, a second round, an approval, a report", async ({ page, baseURL }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await page.goto("/");
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada");
  await page.getByRole("textbox", { name: "Question" }).fill(EXAMPLE);
  await page.getByRole("button", { name: "Start research" }).click();

  await desk.waits(1);
  await expect(page).toHaveTitle(`● Decide: ${EXAMPLE}`);
  await expect(desk.timeline).toContainText("Waiting for you");
  await desk.review
    .getByRole("button", { name: /^(Quote|Whole passage)$/ })
    .first()
    .click();
  await expect(desk.review.locator("mark").first()).toBeVisible();
  const findings = await desk.boxes.count();
  expect(findings).toBeGreaterThanOrEqual(3);

  await desk.boxes.nth(1).uncheck();
  await expect(desk.review).toContainText("Set aside");
  await expect(desk.approve).toHaveText(new RegExp(`^Approve ${findings - 1} of ${findings} findings`));
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();

  await desk.waits(2);
  await expect(desk.review).toContainText("What about revalidation?");
  await expect(desk.timeline).toContainText("Rejected by Ada");
  await expect(desk.feedback).toHaveValue("");
  await desk.approve.click();

  await desk.done();
  await expect(desk.report).toContainText("Ada");
  const citation = desk.report.getByRole("button", { name: /^\[1/ }).first();
  await citation.click();
  const quote = desk.report.getByRole("group", { name: /^Quote from/ });
  await expect(quote.locator("mark")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(quote).toBeHidden();
  await expect(citation).toBeFocused();

  const answers = wire.sent.filter((frame) => "response" in frame);
  expect(answers).toHaveLength(2);
  expect(answers[0]).toMatchObject({ response: "reject", drop: {}, by: "Ada" });
  expect(wished(answers[0])).toContain("What about revalidation?");
  const kept = answers[0]?.keep as string[] | undefined;
  expect(kept?.filter((id) => id.startsWith("f"))).toHaveLength(findings - 1);
  expect(answers[1]).toMatchObject({ response: "approve", by: "Ada" });
  expect(answers[1]).not.toHaveProperty("keep");
  const writing = wire.requests.filter((request) => !["GET", "HEAD"].includes(request.method));
  expect(writing.filter((request) => !request.url.endsWith("/reading"))).toEqual([]);
  expect(wire.requests.filter((request) => !request.url.startsWith(String(baseURL)))).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
});

test("a reload in the middle shows the same, and keeps what was typed and unticked", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const claims = await desk.review.getByRole("heading", { level: 3 }).allTextContents();
  await desk.boxes.first().uncheck();
  await desk.feedback.fill("half a thought");
  await page.reload();
  await desk.waits(1);
  await expect(desk.feedback).toHaveValue("half a thought");
  await expect(desk.boxes.first()).not.toBeChecked();
  expect(await desk.review.getByRole("heading", { level: 3 }).allTextContents()).toEqual(claims);
  await desk.approve.click();
  await desk.done();
});

test("a finished run opens from its address and from the inbox", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview("When should I use a Server Component and when a Client Component?");
  await desk.approve.click();
  await desk.done();
  const address = page.url();
  await page.goto(address);
  await desk.done();
  await expect(desk.timeline).toContainText("Approved by Ada");
  await page.getByRole("link", { name: "sayso" }).click();
  const row = page.getByRole("link", { name: /Server Component and when a Client/ }).first();
  await expect(row).toContainText("Done");
  await row.click();
  await desk.done();
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Question" })).toBeVisible();
});

test("what waits for a decision stands first in the inbox", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await page.goto("/");
  const first = page.getByRole("region").first();
  await expect(first).toHaveAccessibleName(/^Needs a decision/);
  await expect(first.getByRole("link").first()).toContainText(/Round 1 · \d+ findings from \d+ sources/);
});

test("an unknown run says so and leads home", async ({ page }) => {
  await page.goto("/run/?id=nowhere");
  await expect(page.getByRole("heading", { name: "There is no such run" })).toBeVisible();
  await page.getByRole("link", { name: "All questions" }).click();
  await expect(page.getByRole("button", { name: "Start research" })).toBeVisible();
});

test("a run is cancelled only after a second thought", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(desk.status).toHaveText("Waiting for your decision");
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(desk.status).toHaveText("Cancelled");
  await page.getByRole("link", { name: "Ask again" }).click();
  await expect(page.getByRole("textbox", { name: "Question" })).toHaveValue(EXAMPLE);
});

test("nothing scrolls sideways at 360 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const desk = new Desk(page);
  await desk.askToReview();
  expect(await scrollsSideways(page)).toBe(false);
  await desk.approve.click();
  await desk.done();
  expect(await scrollsSideways(page)).toBe(false);
  await page.goto("/");
  await expect(page.getByRole("link", { name: /Done|Decide/ }).first()).toBeVisible();
  expect(await scrollsSideways(page)).toBe(false);
});
