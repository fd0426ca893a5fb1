import { expect, test } from "@playwright/test";
import { Desk } from "./desk";

test("the whole loop through next dev", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();
  await desk.waits(2);
  await desk.approve.click();
  await desk.done();
  await page.reload();
  await expect(desk.report).toContainText("Evidence approved");
});
