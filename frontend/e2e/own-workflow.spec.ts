import { expect, type Page, test } from "@playwright/test";
import { Desk, expectClean, listen, scrollsSideways } from "./desk";

const TEXT = "we can't   meet on monday ,because the room isn't free!!  I really think we should wait.";

async function start(page: Page, workflow: string, text: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /^Options/ }).click();
  await page.getByRole("combobox", { name: "Workflow" }).selectOption({ label: workflow });
  await page.getByRole("textbox", { name: "Question" }).fill(text);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForURL(/\/run\/\?id=/);
}

test("a text is tidied, rejected with feedback, tidied again and approved", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  const result = page.getByRole("region", { name: "Result" });
  await page.goto("/");
  await page.getByRole("button", { name: /^Options/ }).click();
  await page.getByRole("combobox", { name: "Workflow" }).selectOption({ label: "Tidy a text" });
  await expect(page.getByRole("button", { name: "Library" })).toBeHidden();
  await expectClean(page, "ask for a hosted workflow");
  await start(page, "Tidy a text", TEXT);

  await expect(desk.review).toContainText("We cannot meet on monday, because the room is not free!");
  await expect(desk.status).toHaveText("Waiting for your decision");
  await expect(page.getByRole("main")).toContainText("Tidy a text");
  await expect(page.getByRole("list", { name: "Stages" })).toBeHidden();
  await expectClean(page, "review of a hosted workflow");
  await desk.feedback.fill("Shorter, and keep contractions");
  await desk.reject.click();

  await expect(desk.review).toContainText("We can't meet on monday, because the room isn't free! I think");
  await expect(desk.timeline).toContainText("Rejected by");
  await expect(desk.feedback).toHaveValue("");
  await expect(desk.approve).toBeEnabled();
  await desk.approve.click();

  await expect(desk.status).toHaveText("Done");
  await expect(result).toHaveText("We can't meet on monday, because the room isn't free! I think we should wait.");
  await expectClean(page, "result of a hosted workflow");
  expect(await scrollsSideways(page)).toBe(false);
  const sent = wire.sent.filter((frame) => "question" in frame || "response" in frame);
  expect(sent).toMatchObject([
    { question: TEXT, workflow: "rewrite" },
    { response: "reject", feedback: "Shorter, and keep contractions" },
    { response: "approve" },
  ]);
  expect(sent[0]).not.toHaveProperty("options");

  await page.getByRole("link", { name: "Ask again" }).click();
  await expect(page.getByRole("combobox", { name: "Workflow" })).toHaveValue("rewrite");
  await expect(page.getByRole("textbox", { name: "Question" })).toHaveValue(TEXT);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("an object is asked for as a form, and what is wrong is said at its field", async ({ page }) => {
      await start(page, "Grade a text", "this");
      const points = page.getByRole("spinbutton", { name: "points" });
      const send = page.getByRole("button", { name: "Send the answer" });
      await expect(points).toHaveAccessibleDescription("0 is useless, 10 is perfect.");
      await expect(page.getByRole("checkbox", { name: "Others may see this" })).toBeChecked();
      await expectClean(page, "form");
      await send.click();
      await expect(page.getByText("This is needed.")).toHaveCount(2);
      await expect(page.getByRole("radio", { name: "Good" })).toBeFocused();
      await expectClean(page, "form with problems");

      await page.getByRole("radio", { name: "Fair" }).check();
      await points.fill("6");
      await page.getByRole("textbox", { name: /^tags/i }).fill("a\nB1");
      await send.click();
      await expect(page.getByText(/^'B1' does not match/)).toBeVisible();
      await expect(page.getByRole("textbox", { name: /^tags/i })).toBeFocused();
      await expectClean(page, "form refused by the server");
      await page.reload();
      await expect(points).toHaveValue("6");
      await page.getByRole("textbox", { name: /^tags/i }).fill("a");
      await page.keyboard.press("Control+Enter");
      await expect(send).toBeFocused();
      await page.keyboard.press("Enter");
      const result = page.getByRole("region", { name: "Result" });
      await expect(result).toContainText('"points": 6');
      await expect(result).toContainText('"verdict": "fair"');
      await expectClean(page, "result as data");
    });
  });
}

test("several questions stand side by side and are answered in any order", async ({ page }) => {
  const desk = new Desk(page);
  await start(page, "Three questions at once", "this");
  await expect(page.getByRole("region", { name: /^Review \d of 3/ })).toHaveCount(3);
  await expectClean(page, "three questions");
  const many = page.getByRole("region", { name: /^Review/ }).filter({ hasText: "How many?" });
  await many.getByRole("spinbutton").fill("3");
  await many.getByRole("button", { name: "Send the answer" }).click();
  await expect(page.getByRole("region", { name: /^Review \d of 2/ })).toHaveCount(2);
  await page.getByRole("checkbox", { name: "I am sure" }).check();
  const sure = page.getByRole("region", { name: /^Review/ }).filter({ hasText: "Sure?" });
  await sure.getByRole("button", { name: "Send the answer" }).click();
  await expect(desk.review).toHaveCount(1);
  await page.getByRole("textbox", { name: "Your answer" }).fill("Sayso");
  await page.getByRole("button", { name: "Send the answer" }).click();
  await expect(desk.status).toHaveText("Done");
  await expect(page.getByRole("region", { name: "Result" })).toContainText('"many": 3');
});

test("a run that is deleted meanwhile says so and leads home", async ({ page, request }) => {
  const desk = new Desk(page);
  await start(page, "Tidy a text", "a text");
  await expect(desk.review).toBeVisible();
  const id = new URL(page.url()).searchParams.get("id");
  await request.delete(`/api/runs/${id}`);
  await expect(page.getByRole("heading", { name: "This run was deleted" })).toBeVisible();
  await expectClean(page, "deleted run");
  await page.getByRole("link", { name: "All questions" }).click();
  await expect(page.getByRole("textbox", { name: "Question" })).toBeVisible();
});
