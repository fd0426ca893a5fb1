import { type Browser, devices, expect, type Page } from "@playwright/test";
import { test } from "./backend";
import { Desk, EXAMPLE, expectClean, scrollsSideways } from "./desk";

/** Servers, commands and two browsers: seconds by their nature. */
test.describe.configure({ timeout: 180_000 });
test.use({ environment: { SAYSO_AUTH: "tokens", SAYSO_FOUR_EYES: "true" } });

/** Text is good enough for a person who looks afterwards. */
async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel("Your token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Another browser, such as somebody else's phone. */
async function phone(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({
    ...devices["Pixel 7"],
    viewport: { width: 390, height: 844 },
    baseURL,
    storageState: undefined,
  });
  return context.newPage();
}

test("an asker asks, four eyes refuse her, and a reviewer approves from a deep link on a phone", async ({
  page,
  backend,
  browser,
}) => {
  backend.sayso("person", "add", "Ada", "--role", "reviewer", "--group", "Legal");
  backend.sayso("person", "add", "Lea", "--role", "reviewer", "--group", "Legal");
  const ada = backend.sayso("person", "link", "Ada");
  const lea = backend.sayso("person", "token", "Lea");

  await page.goto(ada);
  await expect(page.getByText("This link signs you in, once.")).toBeVisible();
  expect(page.url()).not.toContain("sayso_");
  await shot(page, "1-sign-in-by-link-wide");
  await expectClean(page, "the sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByTitle("Signed in as Ada (reviews)")).toBeVisible();

  const desk = new Desk(page);
  await page.getByRole("textbox", { name: /question/i }).fill(EXAMPLE);
  await page.getByRole("button", { name: /^Options/ }).click();
  await expect(page.getByText("whoever reviews here")).toBeVisible();
  await page.getByLabel("Name somebody…").selectOption("Legal");
  await expect(page.getByRole("button", { name: "Do not ask Legal" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Options/ })).toContainText("Legal to decide");
  await shot(page, "1-asking-legal-wide");
  await expectClean(page, "naming who is asked");
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(desk.approve).toBeVisible({ timeout: 30_000 });
  await expect(desk.status).toHaveText("Waiting for somebody else to approve");
  await expect(page.getByText("You asked this yourself, so somebody else approves it.")).toBeVisible();
  await expect(desk.approve).toBeDisabled();
  // It can be pressed all the same, and then says why.
  await desk.approve.click({ force: true });
  await expect(page.getByRole("alert").filter({ hasText: "somebody else approves it" })).toBeVisible();
  await shot(page, "2-four-eyes-wide");
  await expectClean(page, "the refusal");

  const mobile = await phone(browser, backend.url);
  await mobile.goto(page.url());
  await expect(mobile).toHaveURL(/\/sign-in\/\?next=/);
  await shot(mobile, "3-sign-in-phone");
  expect(await scrollsSideways(mobile)).toBe(false);
  await signIn(mobile, "nonsense");
  await expect(mobile.getByRole("alert").filter({ hasText: "good no more" })).toBeVisible();
  await signIn(mobile, lea);
  await expect(mobile).toHaveURL(/\/run\/\?id=/);
  const other = new Desk(mobile);
  await expect(other.approve).toBeVisible();
  await expect(other.status).toHaveText("Waiting for your decision");
  await expect(mobile.getByText("Asked of Legal")).toBeVisible();
  await mobile.getByRole("button", { name: "I am on it" }).click();
  await expect(mobile.getByText("You are on it.")).toBeVisible();
  await shot(mobile, "4-review-phone");
  expect(await scrollsSideways(mobile)).toBe(false);
  await other.approve.click();
  await expect(other.report).toBeVisible({ timeout: 30_000 });
  await shot(mobile, "5-report-phone");
  await expect(desk.report).toContainText("Lea,", { timeout: 30_000 });
  // What was refused before is no news any more.
  await expect(page.getByText("You asked this yourself")).toBeHidden();
  await shot(page, "6-report-wide");
});

test("an asker names a group on a phone, and reads that it waits for that group", async ({
  page,
  backend,
  browser,
}) => {
  backend.sayso("person", "add", "Ben");
  backend.sayso("person", "add", "Lea", "--role", "reviewer", "--group", "Legal");
  const [ben, lea] = [backend.sayso("person", "token", "Ben"), backend.sayso("person", "token", "Lea")];
  const mobile = await phone(browser, backend.url);
  await mobile.goto("/");
  await signIn(mobile, ben);
  await mobile.getByRole("textbox", { name: /question/i }).fill(EXAMPLE);
  await mobile.getByRole("button", { name: /^Options/ }).click();
  await mobile.getByLabel("Name somebody…").selectOption("Legal");
  await mobile.getByRole("button", { name: "Do not ask Legal" }).scrollIntoViewIfNeeded();
  await shot(mobile, "9-asking-legal-phone");
  expect(await scrollsSideways(mobile)).toBe(false);
  await mobile.getByRole("button", { name: "Start research" }).click();
  const desk = new Desk(mobile);
  await expect(desk.status).toHaveText("Waiting for Legal", { timeout: 30_000 });
  await expect(mobile).toHaveTitle(`Waiting for Legal: ${EXAMPLE}`);
  await expect(mobile.getByText("Legal decides about this.")).toBeVisible();
  await expect(desk.timeline.getByText("Waiting for Legal")).toBeAttached();
  await expect(desk.review).toContainText("Round 1");
  await expect(desk.approve).toBeHidden();
  await expectClean(mobile, "a review for whoever may not decide");
  await shot(mobile, "10-waiting-for-legal-phone");
  expect(await scrollsSideways(mobile)).toBe(false);
  await mobile.goto("/");
  const row = mobile.getByRole("link", { name: /redirects work/ });
  await expect(row).toContainText("Waiting for Legal");
  // It waits for somebody else, so nothing waits in the tab of who asked.
  await expect(mobile).toHaveTitle("Sayso");
  await shot(mobile, "11-inbox-phone");

  await page.goto("/");
  await signIn(page, lea);
  await expect(page.getByRole("link", { name: /redirects work/ })).toContainText("Decide");
  await expect(page).toHaveTitle("(1) Sayso");
});

test("what is asked of Legal is in Legal's list, and signing out leads to the door", async ({ page, backend }) => {
  backend.sayso("person", "add", "Ada");
  backend.sayso("person", "add", "Lea", "--role", "reviewer", "--group", "Legal");
  const [ada, lea] = [backend.sayso("person", "token", "Ada"), backend.sayso("person", "token", "Lea")];
  const started = await page.request.post("/api/runs", {
    headers: { authorization: `Bearer ${ada}` },
    data: { question: EXAMPLE, options: { reviewers: ["legal"] } },
  });
  expect(started.status()).toBe(201);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in\//);
  await signIn(page, lea);
  await page.getByRole("button", { name: "Asked of me" }).click();
  const row = page.getByRole("link", { name: /redirects work/ });
  await expect(row).toContainText("Waiting for Legal", { timeout: 20_000 });
  await page.request.put(`/api/runs/${(await started.json()).id}/claim`, { headers: { origin: backend.url } });
  await expect(row).toContainText("Lea is on it");
  await shot(page, "7-inbox-wide");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in\//);
  await expect(page.getByLabel("Your token")).toBeVisible();
});

test.describe("open to everybody", () => {
  test.use({ environment: { SAYSO_HOST: "0.0.0.0", SAYSO_OPEN: "true" } });

  test("it is said on the page, and nobody signs in", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("complementary")).toContainText("Nobody signs in on this server");
    await expect(page.getByRole("textbox", { name: /question/i })).toBeVisible();
    await shot(page, "8-open-wide");
    await expectClean(page, "an open server");
    const desk = new Desk(page);
    await desk.askToReview();
    await desk.approve.click();
    await desk.done();
    await expect(desk.report).toContainText("Ada (name not verified),");
    await shot(page, "12-open-report-wide");
    await page.goto("/");
    await expect(page.getByRole("link", { name: /redirects work/ })).toContainText(
      "approved by Ada (name not verified)",
    );
  });
});
