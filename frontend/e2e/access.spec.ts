import { expect, test } from "@playwright/test";
import { Desk, EXAMPLE, expectClean, tabTo } from "./desk";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing in any state", async ({ page }) => {
      test.slow();
      const desk = new Desk(page);
      await page.goto("/");
      await expect(page.getByRole("button", { name: /^Options.* writer/ })).toBeVisible();
      await expectClean(page, "ask");

      // The answer to the question is held back, so that the research can be looked at.
      let hold = true;
      const held: (() => void)[] = [];
      await page.routeWebSocket(/\/query$/, (route) => {
        const server = route.connectToServer();
        server.onMessage((message) => {
          if (hold && String(message).includes('"input_required"')) held.push(() => route.send(message));
          else if (hold && held.length > 0) held.push(() => route.send(message));
          else route.send(message);
        });
      });
      await desk.ask();
      await expect(desk.timeline.getByRole("listitem").first()).toBeVisible();
      await expect.poll(() => held.length).toBeGreaterThan(0);
      await expectClean(page, "researching");
      hold = false;
      for (const send of held) send();

      await desk.waits(1);
      await expectClean(page, "review");
      await desk.boxes.first().uncheck();
      await expectClean(page, "review with a dropped finding");
      await desk.feedback.fill("What about revalidation?");
      await desk.reject.click();
      await desk.waits(2);
      await expect(desk.approve).toBeEnabled();
      await expectClean(page, "second round");
      await page.getByRole("button", { name: "Cancel run" }).click();
      await expectClean(page, "cancel dialog");
      await page.getByRole("button", { name: "Keep it" }).click();
      await desk.approve.click();
      await desk.done();
      await desk.report.getByRole("button", { name: /^\[1/ }).first().click();
      await expectClean(page, "report with an open quote");
      await desk.openCourse();
      await desk.openTaking();
      await desk.report.getByRole("button", { name: "What these words promise" }).click();
      await desk.report
        .getByRole("button", { name: /quotes? of/ })
        .first()
        .click();
      await expectClean(page, "report with all that was folded");

      await page.goto("/");
      await expect(page.getByRole("link", { name: /Done/ }).first()).toBeVisible();
      await expectClean(page, "inbox");
      await page.goto("/run/?id=nowhere");
      await expect(page.getByRole("heading", { name: "There is no such run" })).toBeVisible();
      await expectClean(page, "unknown run");
    });
  });
}

test("the whole job by keyboard", async ({ page }) => {
  // Some hundred keys, one after the other.
  test.slow();
  const desk = new Desk(page);
  await page.goto("/");
  await tabTo(page, page.getByRole("textbox", { name: "Question" }));
  await page.keyboard.type(EXAMPLE);
  await page.keyboard.press("Enter");
  await desk.waits(1);

  await tabTo(page, desk.boxes.nth(1));
  await page.keyboard.press("Space");
  await expect(desk.boxes.nth(1)).not.toBeChecked();
  await tabTo(page, desk.feedback);
  await page.keyboard.type("What about revalidation?");
  await tabTo(page, desk.reject);
  await page.keyboard.press("Enter");

  await desk.waits(2);
  await expect(desk.approve).toBeEnabled();
  await tabTo(page, desk.feedback);
  await page.keyboard.press("Control+Enter");
  await expect(desk.approve).toBeFocused();
  await page.keyboard.press("Enter");
  await desk.done();

  const legend = desk.report.getByRole("button", { name: "What these words promise" });
  await tabTo(page, legend);
  await page.keyboard.press("Enter");
  await expect(desk.report.getByText("It stands word for word in its quote.")).toBeVisible();

  const citation = desk.report.getByRole("button", { name: /^\[1/ }).first();
  await tabTo(page, citation);
  await page.keyboard.press("Enter");
  const quote = desk.report.getByRole("group", { name: /^Quote from/ });
  await expect(quote).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(quote).toBeHidden();
  await expect(citation).toBeFocused();

  const strip = desk.report.getByRole("toolbar", { name: "Evidence" });
  await tabTo(page, strip.getByRole("link").first());
  await page.keyboard.press("ArrowRight");
  await expect(strip.getByRole("link").nth(1)).toBeFocused();
  await page.keyboard.press("Tab");
  // One stop, and on to the text.
  await expect(strip.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#u2$/);
});
