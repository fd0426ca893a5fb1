import { expect, test, type WebSocketRoute } from "@playwright/test";
import { Desk, listen } from "./desk";

test("two tabs agree: a decision in one is seen in the other, and a late one loses", async ({ page, context }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const other = new Desk(await context.newPage());
  await other.page.goto(page.url());
  await other.waits(1);
  await other.feedback.fill("I would have said no");
  await desk.approve.click();
  await desk.done();
  await other.done();
  await expect(other.page.getByRole("alert").filter({ hasText: "Someone was faster" })).toContainText(
    "I would have said no",
  );
});

test("a cut socket comes back by itself and shows nothing twice", async ({ page }) => {
  const wire = listen(page);
  const routes: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/query$/, (route) => {
    routes.push(route);
    route.connectToServer();
  });
  const desk = new Desk(page);
  await desk.askToReview();
  const steps = await desk.timeline.getByRole("listitem").allTextContents();
  await routes[0]?.close({ code: 1012 });
  await expect.poll(() => routes.length).toBe(2);
  await expect(page.getByText("Connected")).toBeVisible();
  expect(await desk.timeline.getByRole("listitem").allTextContents()).toEqual(steps);
  const resumed = wire.sent.find((frame) => "run_id" in frame);
  expect(Number(resumed?.after)).toBeGreaterThan(0);
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();
  await desk.waits(2);
  await desk.approve.click();
  await desk.done();
});

test("an answer that is lost on its way is sent again, and counts once", async ({ page }) => {
  let drop = true;
  await page.routeWebSocket(/\/query$/, (route) => {
    const server = route.connectToServer();
    route.onMessage((message) => {
      if (drop && String(message).includes('"response"')) {
        drop = false;
        void route.close({ code: 1011 });
        void server.close();
        return;
      }
      server.send(message);
    });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.approve.click();
  await desk.done();
  expect(drop).toBe(false);
  await expect(desk.timeline.getByText(/^Approved by/)).toHaveCount(1);
});

test("while the server cannot be reached the page says so calmly", async ({ page }) => {
  let reachable = true;
  const routes: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/query$/, (route) => {
    routes.push(route);
    if (reachable) route.connectToServer();
    else void route.close({ code: 1013 });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  reachable = false;
  await routes[0]?.close({ code: 1012 });
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await expect(desk.approve).toBeVisible();
  reachable = true;
  await expect(page.getByText("Connected")).toBeVisible({ timeout: 20_000 });
});

test("without an answering server the front page says so, and recovers", async ({ page }) => {
  await page.route(/\/api\//, (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText("The server does not answer.")).toBeVisible();
  await page.unroute(/\/api\//);
  await expect(page.getByRole("button", { name: "Library", exact: true })).toBeVisible();
});
