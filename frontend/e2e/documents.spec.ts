import { execFileSync } from "node:child_process";
import { expect, type Page } from "@playwright/test";
import { test } from "./backend";
import { Desk, expectClean, scrollsSideways } from "./desk";

const HARBOUR = {
  name: "harbour.md",
  mimeType: "text/markdown",
  buffer: Buffer.from("# Harbour rules\n\nThe crane of the harbour lifts four tonnes. It is serviced every January.\n"),
};
const FEES = {
  name: "fees.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("Pier,Berths,Fee a night\nOuter pier,12,31 EUR\nInner pier,30,14 EUR\n"),
};

async function toDocuments(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Documents" }).click();
  await expect(page.getByRole("heading", { name: "Documents" })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });
const tick = (page: Page, name: string) => page.getByRole("checkbox", { name: `Ask ${name}` });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("a file is added, asked about by itself, and removed", async ({ page }, info) => {
      await toDocuments(page);
      await page.locator("input[type=file]").setInputFiles([HARBOUR, FEES]);
      await expect(tick(page, "Harbour rules")).toBeEnabled({ timeout: 30_000 });
      await expect(tick(page, "fees")).toBeEnabled({ timeout: 30_000 });
      await page.locator("input[type=file]").setInputFiles({ ...HARBOUR, name: "photo.jpg" });
      await expect(page.getByText(/Not added: photo.jpg is of a kind that cannot be read/)).toBeVisible();
      await expectClean(page, "the documents");
      expect(await scrollsSideways(page)).toBe(false);
      await page.screenshot({ path: info.outputPath("documents.png"), fullPage: true });

      await tick(page, "fees").check();
      await page.getByRole("link", { name: "Ask only this one" }).click();
      await expect(page.getByRole("button", { name: "Do not ask only fees.csv" })).toBeVisible();
      await page.getByRole("textbox", { name: "Question" }).fill("What is the fee a night of the outer pier?");
      await page.screenshot({ path: info.outputPath("ask-only.png"), fullPage: true });
      await page.getByRole("button", { name: /^Start research/ }).click();
      await page.waitForURL(/\/run\/\?id=/);
      const desk = new Desk(page);
      await desk.waits(1);
      await expect(desk.review).toContainText("31 EUR");
      await expect(desk.review.getByRole("columnheader", { name: "Fee a night" }).first()).toBeVisible();
      await expect(desk.review).not.toContainText("crane");
      await page.screenshot({ path: info.outputPath("row.png"), fullPage: true });

      await page.goto("/library/");
      await page.getByRole("searchbox", { name: "Find a document" }).fill("harb");
      await expect(row(page, "fees")).toHaveCount(0);
      await page.getByRole("button", { name: "Remove harbour.md" }).click();
      await page.getByRole("button", { name: "Really remove: harbour.md" }).click();
      await expect(page.getByText("harbour.md is removed.")).toBeVisible();
      await expect(row(page, "Harbour rules")).toHaveCount(0);
    });
  });
}

/** A page in two columns. */
function pdf(text: string): Buffer {
  const script = "import sys, typst; sys.stdout.buffer.write(typst.compile(sys.stdin.buffer.read()))";
  return execFileSync("../.venv/bin/python", ["-c", script], { input: `#columns(2)[${text}]\n` });
}

test("a PDF opens as its page with the quote marked, and as text once it has gone", async ({ page }, info) => {
  const tide = "The tide gauge of the outer harbour is read by the master of the lock at six in the morning.";
  const filler = "Boats wait at the pier and ropes are kept dry. ".repeat(60);
  const buffer = pdf(`= Tides\n${filler}\n\n${tide} ${filler}`);
  await toDocuments(page);
  await page.locator("input[type=file]").setInputFiles({ name: "tides.pdf", mimeType: "application/pdf", buffer });
  await expect(tick(page, "Tides")).toBeEnabled({ timeout: 30_000 });
  await tick(page, "Tides").check();
  await page.getByRole("link", { name: "Ask only this one" }).click();
  await page.getByRole("textbox", { name: "Question" }).fill("Who reads the tide gauge of the outer harbour?");
  await page.getByRole("button", { name: /^Start research/ }).click();
  await page.waitForURL(/\/run\/\?id=/);
  const desk = new Desk(page);
  await desk.waits(1);
  const card = desk.review.getByRole("article").filter({ hasText: "tide gauge" }).first();
  await card.getByRole("button", { name: /^In context/ }).click();
  const dialog = page.getByRole("dialog");
  const picture = dialog.getByRole("img", { name: `Page 1 of Tides, with the quote marked: ${tide}` });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1_200);
  const boxes = dialog.locator("figure [aria-hidden]");
  expect(await boxes.count()).toBeGreaterThan(1);
  await expect(boxes.first()).toBeInViewport();
  await expectClean(page, "a page with a quote");
  expect(await scrollsSideways(page)).toBe(false);
  await page.screenshot({ path: info.outputPath("page.png") });
  await dialog.getByRole("button", { name: "Text" }).click();
  await expect(dialog.locator("mark").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();

  await page.request.delete("/api/library?name=added/tides.pdf");
  await card.getByRole("button", { name: /^In context/ }).click();
  await expect(dialog.getByRole("status")).toContainText(/^added\/tides.pdf /);
  await expect(dialog.locator("mark").first()).toBeVisible();
  await expectClean(page, "a page that has gone");
});

test("a file that is dropped on the page is added", async ({ page }) => {
  await toDocuments(page);
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
    return data;
  }, "The ferry leaves the harbour at nine.");
  await expect(page.getByRole("button", { name: "Add documents" })).toBeVisible();
  await page.dispatchEvent("main", "dragenter", { dataTransfer: dropped });
  await expect(page.getByText("Drop to add")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  await expect(tick(page, "dropped")).toBeEnabled({ timeout: 30_000 });
});
