import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { EXAMPLE } from "./desk";

declare global {
  interface Window {
    told: string[];
  }
}

/** Starts a run as another program would, and waits until it asks. */
async function asked(request: APIRequestContext, question: string): Promise<{ id: string; review: number }> {
  const { id } = await (await request.post("/api/runs", { data: { question, by: "Grace" } })).json();
  const review = async (): Promise<number> => (await (await request.get(`/api/runs/${id}`)).json()).open_reviews[0];
  await expect.poll(review, { timeout: 20_000 }).toBeGreaterThan(0);
  return { id, review: await review() };
}

/** A browser that notifies, in which nobody looks at the page: Playwright's pages all have the focus otherwise. */
async function unwatched(page: Page): Promise<void> {
  await page.context().grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    window.told = [];
    document.hasFocus = () => false;
    const Real = window.Notification;
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        window.told.push(`${title}: ${options?.body ?? ""}`);
      }
    };
  });
}

const icon = (page: Page) => page.locator("link[rel=icon]").last();
const bell = (page: Page) => page.getByRole("button", { name: "Tell me when a decision is needed" });

test("the tab says how many runs wait, on every page", async ({ page, request }) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const { id, review } = await asked(request, `${EXAMPLE} x${Date.now()}`);
  const addresses = ["/", `/run/?id=${id}`];
  for (const address of addresses) {
    await page.goto(address);
    await expect(icon(page)).toHaveAttribute("data-count", /^(\d{1,3}|100\+)$/);
    await expect(icon(page)).toHaveAttribute("href", /^data:image\/svg\+xml,/);
  }
  await page.getByRole("link", { name: "sayso" }).click();
  await expect(page).toHaveTitle(/^\((\d{1,3}|100\+)\) Sayso$/);
  const count = (await page.title()).split(")")[0]?.slice(1) ?? "";
  await expect(icon(page)).toHaveAttribute("data-count", count);
  await request.post(`/api/runs/${id}/response`, { data: { review, response: "approve" } });
  expect(complaints).toEqual([]);
});

test("whoever turns on the bell is told of a question once, while nobody looks", async ({ page, request }) => {
  await unwatched(page);
  await page.goto("/");
  await expect(bell(page)).toHaveAttribute("aria-pressed", "false");
  await bell(page).click();
  await expect(bell(page)).toHaveAttribute("aria-pressed", "true");
  const word = `x${Math.random().toString(36).slice(2, 10)}`;
  const { id } = await asked(request, `${EXAMPLE} ${word}`);
  const told = (): Promise<string[]> =>
    page.evaluate((sought) => window.told.filter((each) => each.includes(sought)), word);
  await expect.poll(told).toEqual([expect.stringMatching(/^A decision is needed: .*\nasked by Grace · \d+ findings$/)]);
  // The choice is the browser's, not the page's.
  await page.goto(`/run/?id=${id}`);
  await expect(bell(page)).toHaveAttribute("aria-pressed", "true");
  await bell(page).click();
  await expect(bell(page)).toHaveAttribute("aria-pressed", "false");
});
