import { execFileSync } from "node:child_process";
import { expect, type Page, test } from "@playwright/test";
import { Desk, expectClean } from "./desk";

async function toReport(page: Page): Promise<Desk> {
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.approve.click();
  await desk.done();
  return desk;
}

/** What a person reads in a file, as text: documents are opened with the libraries that read them for the service. */
function textOf(path: string, format: string): string {
  const read: Record<string, string> = {
    docx: "import docx,sys; print('\\n'.join(p.text for p in docx.Document(sys.argv[1]).paragraphs))",
    pdf: "import pypdf,sys; print('\\n'.join(p.extract_text() for p in pypdf.PdfReader(sys.argv[1]).pages))",
  };
  const code = read[format] ?? "import sys; print(open(sys.argv[1], encoding='utf-8').read())";
  return execFileSync("../.venv/bin/python", ["-c", code, path], { encoding: "utf8" });
}

const letters = (text: string): string => text.replace(/\s+/g, " ");

test("every download is opened, and says what the page says", { tag: "@desktop" }, async ({ page }, info) => {
  const desk = await toReport(page);
  const title = await desk.report.getByRole("heading", { level: 1 }).innerText();
  const source = await desk.report.locator("#source-1").innerText();
  const name = source.split("\n")[0] ?? "";
  for (const format of ["md", "html", "docx", "pdf", "json"]) {
    const downloading = page.waitForEvent("download");
    await desk.report.locator(`a[href$="report.${format}"]`).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
    const path = info.outputPath(`report.${format}`);
    await download.saveAs(path);
    const text = letters(textOf(path, format));
    expect.soft(text, format).toContain(letters(title));
    expect.soft(text, format).toContain(letters(name));
    expect.soft(text, format).toContain("[1]".slice(format === "json" ? 1 : 0, format === "json" ? 2 : 3));
  }
});

test("a number shows its quote under the pointer, at the keyboard's focus, and opens it at a tap", async ({
  page,
  isMobile,
}) => {
  const desk = await toReport(page);
  const number = desk.report.getByRole("button", { name: /^\[1\]/ }).first();
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

test("the contents lead to their parts", async ({ page }) => {
  const desk = await toReport(page);
  const fold = desk.report.locator("summary", { hasText: "Contents" });
  if (await fold.isVisible()) await fold.click();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "Sources", exact: true }).click();
  await expect(desk.report.getByRole("heading", { name: "Sources", exact: true })).toBeInViewport();
});

test(
  "on paper there is the report and nothing else, in black on white",
  { tag: "@desktop" },
  async ({ page }, info) => {
    await page.emulateMedia({ colorScheme: "dark" });
    const desk = await toReport(page);
    const sentence = await desk.report.locator("p[dir=auto]").last().innerText();
    const path = info.outputPath("printed.pdf");
    await page.pdf({ path, format: "A4" });
    const text = letters(textOf(path, "pdf"));
    expect(text).toContain("[1]");
    expect(text).toContain(letters(await desk.report.getByRole("heading", { level: 1 }).innerText()));
    expect(sentence.length).toBeGreaterThan(0);
    for (const of of [
      "Timeline",
      "Ask again",
      "Copy Markdown",
      "Download",
      "Contents",
      "In context",
      "Ask for a revision",
    ]) {
      expect.soft(text).not.toContain(of);
    }
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe("rgb(255, 255, 255)");
  },
);
