import { expect, type Locator, test } from "@playwright/test";
import { Desk, expectClean } from "./desk";

/** The box around the lines of a unit, without what opened in it. */
async function linesOf(unit: Locator): Promise<{ top: number; bottom: number }> {
  return unit.evaluate((element) => {
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEndAfter(element.querySelector("sup") ?? element);
    const boxes = [...range.getClientRects()];
    return { top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)) };
  });
}

test("a number shows its quote under the pointer, at the keyboard's focus, and opens it at a tap", async ({
  page,
  isMobile,
}) => {
  const desk = await Desk.atReport(page);
  const number = desk.report.getByRole("button", { name: /^\[1/ }).first();
  const preview = page.getByRole("tooltip");
  const panel = desk.report.getByRole("group", { name: /^Quote from/ });
  if (isMobile === true) {
    await number.tap();
    await expect(panel).toBeVisible();
    await expect(preview).toHaveCount(0);
    await number.tap();
    await expect(panel).toHaveCount(0);
    return;
  }
  await number.hover();
  await expect(preview.locator("mark")).toBeVisible();
  await expectClean(page, "a quote under the pointer");
  // The pointer may go onto the quote without losing it.
  await preview.hover();
  await expect(preview).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await expect(preview).toHaveCount(0);
  await number.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(number).toBeFocused();
  await expect(preview).toBeVisible();
  await expect(number).toHaveAccessibleDescription(/\w/);
  await page.keyboard.press("Escape");
  await expect(preview).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(panel).toBeVisible();
  const link = panel.getByRole("link", { name: "In the list of sources" });
  await link.click();
  await expect(page).toHaveURL(/#source-1$/);
  await expect(desk.report.locator("#source-1")).toBeInViewport();
});

test("neither a hovered nor a tapped quote covers its sentence, wherever on the screen that is", async ({
  page,
  isMobile,
}) => {
  const desk = await Desk.atReport(page);
  const height = page.viewportSize()?.height ?? 0;
  const units = desk.report.locator("span[data-unit]");
  const number = await units.count();
  expect(number).toBeGreaterThan(3);
  for (let index = 0; index < number; index += 1) {
    const unit = units.nth(index);
    const button = unit.locator("sup button").last();
    // At the lower edge, where there is the least room.
    await unit.evaluate((element) => element.scrollIntoView({ block: "end", behavior: "instant" }));
    if (isMobile === true) {
      await button.tap();
      // A sheet at the lower edge; the one before is closed.
      const sheet = desk.report.getByRole("group", { name: /^Quote from/ });
      await expect(sheet).toHaveCount(1);
      await expect
        .poll(async () => (await linesOf(unit)).bottom)
        .toBeLessThanOrEqual((await sheet.boundingBox())?.y ?? 0);
      expect((await linesOf(unit)).bottom).toBeGreaterThan(0);
      const box = await sheet.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(height, 0);
    } else {
      await button.hover();
      const preview = page.getByRole("tooltip");
      await expect(preview).toBeVisible();
      const [lines, box] = [await linesOf(unit), await preview.boundingBox()];
      const isApart = (box?.y ?? 0) >= lines.bottom || (box?.y ?? 0) + (box?.height ?? 0) <= lines.top;
      expect.soft(isApart, `the quote of unit ${index + 1} over its sentence`).toBe(true);
      await page.mouse.move(0, 0);
      await expect(preview).toHaveCount(0);
    }
  }
});

test("the strip of evidence leads to each sentence, is no wider than the screen, and is one stop of the keyboard", async ({
  page,
}) => {
  const desk = await Desk.atReport(page);
  const strip = desk.report.getByRole("toolbar", { name: "Evidence" });
  const cells = strip.getByRole("link");
  const number = await cells.count();
  expect(number).toBe(await desk.report.locator("[data-unit]").count());
  const width = page.viewportSize()?.width ?? 0;
  for (const cell of await cells.all()) {
    const box = await cell.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? width + 1)).toBeLessThanOrEqual(width);
  }
  await cells.first().focus();
  await page.keyboard.press("End");
  await expect(cells.last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`#u${number}$`));
  await expect(desk.report.locator(`#u${number}`)).toBeInViewport();
});

test("a source opens in place, by itself and by a link to it", async ({ page }) => {
  const desk = await Desk.atReport(page);
  const source = desk.report.locator("#source-1");
  await expect(source.locator("blockquote").first()).toBeHidden();
  await source.getByRole("button", { name: /quotes? of/ }).click();
  await expect(source.locator("blockquote").first()).toBeVisible();
  await expectClean(page, "an open source");
  await page.goto(`${page.url()}#source-2`);
  await page.reload();
  await expect(desk.report.locator("#source-2 blockquote").first()).toBeVisible();
});

test("a quote is read in its document as what that is made of", async ({ page, isMobile }) => {
  const desk = await Desk.atReport(page);
  const number = desk.report.locator("figure[data-unit] sup button").first();
  await (isMobile === true ? number.tap() : number.click());
  await desk.report
    .getByRole("group", { name: /^Quote from/ })
    .getByRole("button", { name: /^In context/ })
    .click();
  const passage = page.getByRole("dialog").getByRole("region", { name: "Passage" });
  await expect(passage.locator("pre mark").first()).toBeInViewport();
  await expect(passage.getByRole("heading").first()).toBeAttached();
  await expect(passage).not.toContainText("```");
  await expectClean(page, "a quote in its document");
});
