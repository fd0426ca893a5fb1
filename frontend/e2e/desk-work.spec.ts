import { expect, type Page, test } from "@playwright/test";
import { browserOf, Desk, EXAMPLE, expectClean, tabTo } from "./desk";

const question = (page: Page) => page.getByRole("textbox", { name: "Question" });

test.describe("a browser that knows no name", () => {
  test.use({ storageState: browserOf(null, "") });

  test("a question is asked, opened again and left, by keyboard", async ({ page }) => {
    const desk = new Desk(page);
    const asked = `${EXAMPLE} ${Math.random().toString(36).slice(2, 8)}`;
    await page.goto("/");
    await tabTo(page, question(page));
    await page.keyboard.type(asked);
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("In short.");
    await expect(question(page)).toHaveValue(`${asked}\nIn short.`);
    await tabTo(page, page.getByRole("button", { name: /^Options/ }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("checkbox", { name: "Show me the finished text before it is released" }));
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: /^Options/ })).toContainText("text shown first");
    await tabTo(page, page.getByRole("textbox", { name: "Your name" }));
    await page.keyboard.type("Hedy");
    await page.keyboard.press("Enter");
    await desk.waits(1);
    await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue("Hedy");

    await page.goBack();
    await expect(question(page)).toHaveValue("");
    const row = page.getByRole("link", { name: new RegExp(asked.slice(-6)) });
    await expect(row).toContainText("asked by Hedy");
    await tabTo(page, row);
    await page.keyboard.press("Enter");
    await desk.waits(1);
    await page.goBack();
    await expect(row).toBeVisible();
  });

  test("the name is asked for once, where the first question is asked", { tag: "@desktop" }, async ({ page }) => {
    await page.goto("/");
    const name = page.getByRole("textbox", { name: "Your name" });
    await expect(page.getByRole("main").getByRole("textbox", { name: "Your name" })).toBeVisible();
    await name.fill("Hedy");
    await page.reload();
    await expect(page.getByRole("main").getByRole("textbox", { name: "Your name" })).toHaveCount(0);
    await expect(name).toHaveValue("Hedy");
  });
});

test("what cannot be started says why and keeps the question", { tag: "@desktop" }, async ({ page }) => {
  await page.goto("/");
  await expect(question(page)).toBeVisible();
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Write down what you want to know first." })).toBeVisible();
  await expect(question(page)).toBeFocused();

  await page.routeWebSocket(/\/query$/, (route) => {
    route.onMessage(() =>
      route.send(
        JSON.stringify({
          type: "error",
          payload: "The server has enough to do.",
          run_id: null,
          seq: null,
          at: new Date().toISOString(),
          data: { code: "overloaded", field: null, details: {} },
        }),
      ),
    );
  });
  await question(page).fill(EXAMPLE);
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "The server has enough to do." });
  await expect(alert).toContainText("Your question is still here");
  await expect(question(page)).toHaveValue(EXAMPLE);
  await expect(page.getByRole("button", { name: "Start research" })).toHaveAttribute("aria-disabled", "false");
  await page.reload();
  await expect(question(page)).toHaveValue(EXAMPLE);
});

test("the head of a run says its stage, and its time ticks until it is over", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const stages = page.getByRole("list", { name: "Stages" });
  await expect(stages.getByRole("listitem")).toHaveText(["Plan", "Search", "Review", "Write", "Done"]);
  await expect(stages.locator("[aria-current=step]")).toHaveText("Review");
  await expect(page).toHaveTitle(/^● Decide: /);
  const elapsed = page.locator("time[title^='Time since']");
  const before = await elapsed.textContent();
  await expect(elapsed).not.toHaveText(before ?? "");
  await desk.approve.click();
  await desk.done();
  // It is over: a line says so, and how it came about opens from there.
  await expect(stages).toHaveCount(0);
  await expect(desk.timeline).toBeHidden();
  await desk.openCourse();
  const over = await elapsed.textContent();
  await page.waitForTimeout(1_500);
  await expect(elapsed).toHaveText(over ?? "");
  await expect(desk.timeline.getByText("Report finished")).toBeVisible();
  await desk.timeline.getByText(/^Searched for/).click();
  await expect(desk.timeline.getByRole("group").getByRole("listitem").first()).toBeVisible();
  await expectClean(page, "timeline with details");
});

test("a round that is over is folded, and opens on demand", { tag: "@desktop" }, async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();
  await desk.waits(2);
  const past = desk.timeline.getByText(/^Round 1/).first();
  await expect(past).toBeVisible();
  await expect(desk.timeline.getByText(/^Planning what/)).toBeHidden();
  await past.click();
  await expect(desk.timeline.getByText(/^Planning what/)).toBeVisible();
  await expectClean(page, "an earlier round, open");
});
