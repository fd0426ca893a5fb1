import { devices, expect } from "@playwright/test";
import { oidcTest as test } from "./backend";
import { expectClean, scrollsSideways } from "./desk";

test.describe.configure({ timeout: 120_000 });

test("the sign-in button leads to the provider and back to where one wanted to go, and signing out ends it", async ({
  page,
  provider,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/library/");
  await expect(page).toHaveURL(`${provider.page}/sign-in/?next=%2Flibrary%2F`);
  await expectClean(page, "the sign-in with a provider");
  await page.screenshot({ path: test.info().outputPath("1-sign-in-wide.png") });
  await page.getByRole("link", { name: "Sign in with your organisation" }).click();
  await expect(page).toHaveURL(`${provider.page}/library/`);
  await expect(page.getByTitle("Signed in as ada (asks)")).toBeVisible();
  expect(asked.some((url) => url.startsWith(`${provider.issuer}/authorize?`) && url.includes("code_challenge="))).toBe(
    true,
  );
  const cookies = await page.context().cookies(provider.page);
  expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toEqual([["sayso", true]]);

  await page.reload();
  await expect(page.getByTitle("Signed in as ada (asks)")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in with your organisation" })).toBeVisible();
  expect(await page.context().cookies(provider.page)).toEqual([]);
});

test("where the provider does not vouch for somebody, the page says so and lets them try again", async ({
  browser,
  provider,
  backend,
}) => {
  expect(backend.url).not.toBe(provider.page);
  const context = await browser.newContext({ ...devices["Pixel 7"], viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await provider.err("denied");
  await page.goto(`${provider.page}/`);
  await page.getByRole("link", { name: "Sign in with your organisation" }).click();
  await expect(page.getByText("Signing in did not work.")).toBeVisible();
  expect(await scrollsSideways(page)).toBe(false);
  await page.screenshot({ path: test.info().outputPath("2-refused-phone.png") });
  await provider.err("");
  await page.getByRole("link", { name: "Sign in with your organisation" }).click();
  await expect(page.getByTitle("Signed in as ada (asks)")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("3-signed-in-phone.png") });
  await context.close();
});
