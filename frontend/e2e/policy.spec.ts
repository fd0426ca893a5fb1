import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { Desk } from "./desk";

/** What the browser refused in the name of the page's policy. */
async function watchPolicy(page: Page): Promise<string[]> {
  const refused: string[] = [];
  await page.exposeFunction("refused", (what: string) => refused.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { refused } = window as unknown as { refused: (what: string) => void };
      refused(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return refused;
}

test("the policy is in the way of nothing that the page does itself", async ({ page }) => {
  const refused = await watchPolicy(page);
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.review
    .getByRole("button", { name: /^In context/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").locator("mark").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();
  await desk.waits(2);
  await page.reload();
  await desk.waits(2);
  await desk.approve.click();
  await desk.done();
  await page.goto("/no/such/page");
  await page.goto("/");
  await expect(page.getByRole("textbox", { name: "Question" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("what gets into the page after all neither runs nor calls home", async ({ page }) => {
  const refused = await watchPolicy(page);
  const elsewhere: string[] = [];
  await page.route(/elsewhere\.example/, (route) => {
    elsewhere.push(route.request().url());
    return route.fulfill({ body: "window.ran = true", contentType: "text/javascript" });
  });
  await page.goto("/");
  const ran = await page.evaluate(async () => {
    const inline = document.createElement("script");
    inline.textContent = "window.ran = true";
    const foreign = document.createElement("script");
    foreign.src = "https://elsewhere.example/script.js";
    const done = new Promise((resolve) => {
      foreign.onerror = foreign.onload = resolve;
    });
    document.body.append(inline, foreign);
    document.body.insertAdjacentHTML("beforeend", '<img src="x:" onerror="window.ran = true">');
    document.body.insertAdjacentHTML("beforeend", '<img src="https://elsewhere.example/pixel">');
    await done;
    await fetch("https://elsewhere.example/tell").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 0));
    return "ran" in window;
  });
  expect(ran).toBe(false);
  expect(elsewhere).toEqual([]);
  await expect.poll(() => refused.filter((what) => what.startsWith("script-src")).length).toBeGreaterThanOrEqual(3);
  await expect.poll(() => refused.filter((what) => what.startsWith("connect-src"))).toHaveLength(1);
});

test("headers say what a page cannot say of itself", async ({ page, request }) => {
  for (const path of ["/", "/run/?id=x", "/nothing"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toBe("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
  await page.goto("/");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  const scripts = policy?.split("; ").find((part) => part.startsWith("script-src"));
  expect(scripts).toMatch(/^script-src 'self'( 'sha256-[\w+/=]{44}')+$/);
});

test("all script of a first load is under 300 KB gzipped", async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "script") return;
    sizes.set(response.url(), gzipSync(await response.body()).length);
  });
  const desk = new Desk(page);
  await desk.askToReview();
  await page.reload({ waitUntil: "networkidle" });
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(3);
  expect(all).toBeLessThan(300 * 1024);
});
