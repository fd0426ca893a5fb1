import { expect, type Page, test } from "@playwright/test";
import { Desk, expectClean, scrollsSideways } from "./desk";

/** The review of the evidence for a report with a block of each kind, see `support/block_workflow.py`. */
async function toReview(page: Page): Promise<Desk> {
  await page.goto("/");
  await page.getByRole("button", { name: /^Options/ }).click();
  await page.getByRole("combobox", { name: "Workflow" }).selectOption({ label: "A report in blocks" });
  await page.getByRole("textbox", { name: "Question" }).fill("What are the plans?");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForURL(/\/run\/\?id=/);
  const desk = new Desk(page);
  await desk.waits(1);
  return desk;
}

async function toText(page: Page): Promise<Desk> {
  const desk = await toReview(page);
  await desk.approve.click();
  await expect(page.getByText("It has not been approved yet.")).toBeVisible();
  return desk;
}

async function toReport(page: Page): Promise<Desk> {
  const desk = await toText(page);
  const release = page.getByRole("button", { name: "Approve the report" });
  await expect(release).toHaveAttribute("aria-disabled", "false");
  await release.click();
  await desk.done();
  return desk;
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("evidence is shown as what it is", async ({ page }, info) => {
      const desk = await toReview(page);
      const card = (claim: string) => desk.review.getByRole("article").filter({ hasText: claim });
      const row = card("A claim on row 2.").getByRole("table");
      await expect(row.getByRole("columnheader").first()).toHaveText("Plan");
      await expect(row.getByRole("cell").first()).toHaveText("Pro");
      await expect(card("A claim on item 5.").locator("blockquote")).toHaveText(
        "The library is open:Saturday: 10:00 to 14:00",
      );
      await expect(card("A claim on answer 10.").locator("blockquote")).toContainText("How long does the lamp last?");
      await expect(card("A claim on code 12.").locator("code")).toContainText(
        "  const answer = await fetch(url, { cache",
      );
      await expectClean(page, "evidence of all kinds");
      expect(await scrollsSideways(page)).toBe(false);
      await page.screenshot({ path: info.outputPath("evidence.png"), fullPage: true });
    });

    test("a text in all four forms is approved and read", async ({ page, isMobile }, info) => {
      const desk = await toText(page);
      const wide = desk.report.getByRole("figure", { name: "Table" }).last();
      await expect(desk.report.getByRole("listitem").filter({ hasText: /^Monday: closed\[1[a-z]+\]/ })).toBeVisible();
      await expectClean(page, "a text in blocks to approve");
      const release = page.getByRole("button", { name: "Approve the report" });
      await expect(release).toHaveAttribute("aria-disabled", "false");
      await release.click();
      await desk.done();
      await expect(desk.report.locator("pre").first()).toContainText("\n\n  return answer;\n}");
      await expect(wide.getByRole("columnheader")).toHaveCount(6);
      const widths = await wide.evaluate((figure) => [figure.scrollWidth, figure.clientWidth]);
      // On a phone the table scrolls, the page does not.
      if (isMobile === true) expect(widths[0]).toBeGreaterThan(widths[1] ?? 0);
      expect(await scrollsSideways(page)).toBe(false);
      const promises = desk.report.getByRole("button", { name: "What these words promise" });
      await expect(promises.locator("..")).toContainText("18 quoted");
      // The draft said "The lamp lasts about eleven hours": its quote stands there instead, and that is told.
      const changed = desk.report.locator("#changed + div");
      await changed.getByRole("button", { name: "What it said, and why" }).click();
      await expect(changed.locator("del").first()).toHaveText("The lamp lasts about eleven hours at full brightness.");
      await expect(changed.getByRole("link", { name: "About eleven hours at full brightness." })).toBeVisible();
      // With two stamps, and a title of the writer's own, the summary is still on the first screen.
      const first = await desk.report.locator("#summary ~ * [data-unit]").first().boundingBox();
      expect(first?.y).toBeLessThan((page.viewportSize()?.height ?? 0) * 0.6);
      await expectClean(page, "a report in blocks");
      await page.screenshot({ path: info.outputPath("report.png"), fullPage: true });
    });
  });
}

test("the number of a row shows its quote and opens it below the table", async ({ page, isMobile }, info) => {
  const desk = await toReport(page);
  const wide = desk.report.getByRole("figure", { name: "Table" }).last();
  const number = wide
    .getByRole("row")
    .nth(2)
    .getByRole("button", { name: /^\[1[a-z]+\] quote from Handbook, quoted$/ });
  const panel = desk.report.getByRole("group", { name: "Quote from Handbook" });
  if (isMobile === true) {
    await number.tap();
  } else {
    await number.hover();
    const preview = page.getByRole("tooltip");
    await expect(preview.getByRole("table").getByRole("cell").first()).toHaveText("Pro");
    await expectClean(page, "the quote of a row under the pointer");
    await page.screenshot({ path: info.outputPath("preview.png") });
    await number.focus();
    await page.keyboard.press("Enter");
  }
  await expect(panel.getByRole("cell").first()).toHaveText("Pro");
  await expect(panel).toBeInViewport();
  await expect(wide.getByRole("group")).toHaveCount(0);
  await expectClean(page, "the quotes of a row");
  expect(await scrollsSideways(page)).toBe(false);
  await page.screenshot({ path: info.outputPath("panel.png") });
  await panel.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(number).toBeFocused();
});

test("on paper lists, tables and code are whole", { tag: "@desktop" }, async ({ page }, info) => {
  const desk = await toReport(page);
  await expect(desk.report.locator("pre").first()).toBeVisible();
  await page.pdf({ path: info.outputPath("printed.pdf"), format: "A4" });
  await page.emulateMedia({ media: "print" });
  // As wide as the page between its margins.
  await page.setViewportSize({ width: 658, height: 900 });
  for (const table of await desk.report.getByRole("table").all()) await expect(table).toBeVisible();
  await expect(desk.report.locator("pre").last()).toBeVisible();
  await page.screenshot({ path: info.outputPath("paper.png"), fullPage: true });
});
