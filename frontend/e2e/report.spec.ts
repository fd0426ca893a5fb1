import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { Desk, EXAMPLE, expectClean } from "./desk";

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
  const desk = await Desk.atReport(page);
  const title = await desk.report.getByRole("heading", { level: 1 }).innerText();
  const name = (await desk.report.locator("#source-1 span[dir=auto]").first().innerText()).trim();
  expect(name).not.toBe("");
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

test("the contents lead to their parts", async ({ page }) => {
  const desk = await Desk.atReport(page);
  const fold = desk.report.getByRole("button", { name: "Contents" });
  if (await fold.isVisible()) await fold.click();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "Sources", exact: true }).click();
  await expect(desk.report.getByRole("heading", { name: "Sources", exact: true })).toBeInViewport();
});

test(
  "on paper there is the report and nothing else, in black on white",
  { tag: "@desktop" },
  async ({ page }, info) => {
    await page.emulateMedia({ colorScheme: "dark" });
    const desk = await Desk.atReport(page);
    const sentence = await desk.report.locator("p[dir=auto]").last().innerText();
    const path = info.outputPath("printed.pdf");
    await page.pdf({ path, format: "A4" });
    const text = letters(textOf(path, "pdf"));
    expect(text).toContain("[1a]");
    // What is folded on the screen is not on paper.
    expect(text).toContain("It stands word for word in its quote.");
    const quote = letters((await desk.report.locator("blockquote mark").first().textContent()) ?? "");
    expect(quote.length).toBeGreaterThan(10);
    expect(text).toContain(quote);
    expect(text).toContain(letters(await desk.report.getByRole("heading", { level: 1 }).innerText()));
    expect(sentence.length).toBeGreaterThan(0);
    for (const of of [
      "Timeline",
      "Ask again",
      "Copy Markdown",
      "Copy text",
      "Share and download",
      "Download",
      "How it came about",
      "What these words promise",
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

test("the summary begins on the first screen", async ({ page, isMobile }) => {
  const desk = await Desk.atReport(page);
  const first = await desk.report.locator("#summary ~ * [data-unit]").first().boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(first?.y).toBeGreaterThan(0);
  // It began at 632 of 844 pixels on a phone when the stages, the files and the figures stood above it.
  expect(first?.y).toBeLessThan(height * (isMobile === true ? 0.6 : 0.5));
  await expect(desk.report.getByText("Evidence approved").first()).toBeInViewport();
  await expect(desk.report.getByRole("heading", { level: 1 })).toHaveText(EXAMPLE);
});

test("the text is copied with its form, and the link with a word on who can open it", async ({
  page,
  context,
  isMobile,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const desk = await Desk.atReport(page);
  await desk.openTaking();
  await expectClean(page, "ways to take a report");
  const box = await desk.report.getByRole("button", { name: "Copy text" }).boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(isMobile === true ? 32 : 24);
  await desk.report.getByRole("button", { name: "Copy text" }).click();
  await expect(desk.report.getByRole("button", { name: "Copied" })).toBeVisible();
  const pasted = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => (await item?.getType(type))?.text() ?? "";
    return { html: await read("text/html"), text: await read("text/plain") };
  });
  expect(pasted.html).toMatch(/<h1[^>]*>How do redirects/);
  for (const form of ["<h2", "<li", "<pre", "[1]"]) expect.soft(pasted.html).toContain(form);
  expect(pasted.text).toMatch(/^How do redirects work in Next\.js\?\n/);
  expect(pasted.text).toMatch(/\nSources\n\n\[1\] /);
  await desk.report.getByRole("button", { name: "Copy link" }).click();
  await expect(desk.report.getByText(/opens nowhere else/)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});
