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
  await expect(other.page.getByRole("alert").filter({ hasText: "Another decision came first" })).toContainText(
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
  await expect(desk.timeline.getByText(/^Approved by Ada/)).toHaveCount(1);
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
  await expect(page.getByText("The server does not answer.")).toBeHidden();
});

test("two tabs that decide at the same moment: one decision counts, and both say which", async ({ page, context }) => {
  // Both decisions are on their way before either arrives.
  const held: (() => void)[] = [];
  await context.routeWebSocket(/\/query$/, (route) => {
    const server = route.connectToServer();
    route.onMessage((message) => {
      if (String(message).includes('"response"')) held.push(() => server.send(message));
      else server.send(message);
    });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  const other = new Desk(await context.newPage());
  await other.page.goto(page.url());
  await other.waits(1);
  await desk.feedback.fill("from the first tab");
  await other.feedback.fill("from the second tab");
  await desk.approve.click();
  await other.reject.click();
  await expect.poll(() => held.length).toBe(2);
  for (const send of held) send();
  const decided = /^(Approved|Rejected) by Ada/;
  const said = desk.timeline.getByText(decided).first();
  // A rejection leads to another round, whose folded line says it.
  await expect(said).toBeAttached();
  await expect(other.timeline.getByText(decided).first()).toBeAttached();
  const isApproved = (await said.textContent())?.startsWith("Approved") === true;
  const [loser, typed] = isApproved ? [other, "from the second tab"] : [desk, "from the first tab"];
  await expect(loser.page.getByRole("alert").filter({ hasText: "Another decision came first" })).toContainText(typed);
  const winner = isApproved ? desk : other;
  await expect(winner.page.getByText("Another decision came first")).toHaveCount(0);
  const ends = isApproved ? "Done" : "Waiting for your decision";
  await expect(desk.status).toHaveText(ends);
  await expect(other.status).toHaveText(ends);
});

test("a socket that dies without a word is noticed, and what was missed is shown", async ({ page, browser }) => {
  const routes: WebSocketRoute[] = [];
  let deaf = false;
  await page.routeWebSocket(/\/query$/, (route) => {
    const isFirst = routes.length === 0;
    routes.push(route);
    const server = route.connectToServer();
    server.onMessage((message) => {
      if (!(isFirst && deaf)) route.send(message);
    });
  });
  await page.clock.install();
  const desk = new Desk(page);
  await desk.askToReview();
  deaf = true;
  // Time stands still here, however long the other browser takes: the silence must not be noticed before it is looked for.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  const elsewhere = await browser.newContext();
  const other = new Desk(await elsewhere.newPage());
  await other.page.goto(page.url());
  await other.approve.click();
  await other.done();
  await expect(desk.status).toHaveText("Waiting for your decision");
  await expect
    .poll(async () => {
      await page.clock.runFor(2_000);
      return routes.length;
    })
    .toBe(2);
  await page.clock.resume();
  await desk.done();
  await expect(desk.timeline.getByText(/^Approved by Ada/)).toHaveCount(1);
  await elsewhere.close();
});

test("a page that is shown again looks at once whether its socket is alive", async ({ page, context }) => {
  const routes: WebSocketRoute[] = [];
  let deaf = false;
  await page.routeWebSocket(/\/query$/, (route) => {
    const isFirst = routes.length === 0;
    routes.push(route);
    const server = route.connectToServer();
    server.onMessage((message) => {
      if (!(isFirst && deaf)) route.send(message);
    });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  deaf = true;
  const other = new Desk(await context.newPage());
  await other.page.goto(page.url());
  await other.approve.click();
  await other.done();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await desk.done();
  expect(routes).toHaveLength(2);
});

test("offline and back: typed words stay, and the decision goes out when there is a network again", async ({
  page,
  context,
}) => {
  const desk = new Desk(page);
  await desk.askToReview();
  await context.setOffline(true);
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await desk.feedback.fill("typed without a network");
  await context.setOffline(false);
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(desk.feedback).toHaveValue("typed without a network");
  await desk.reject.click();
  await desk.waits(2);
  await expect(desk.review).toContainText("typed without a network");
});

for (const seed of [7, 2_027]) {
  test(`a socket cut at random (${seed}) shows every event once`, async ({ page, context }) => {
    let state = seed;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    let cuts = 0;
    await page.routeWebSocket(/\/query$/, (route) => {
      const server = route.connectToServer();
      let left = 2 + Math.floor(random() * 6);
      server.onMessage((message) => {
        route.send(message);
        left -= 1;
        if (left > 0 || cuts >= 3) return;
        cuts += 1;
        left = Number.POSITIVE_INFINITY;
        void route.close({ code: 1011 });
        void server.close();
      });
    });
    const desk = new Desk(page);
    await desk.askToReview();
    await desk.feedback.fill("What about revalidation?");
    await desk.reject.click();
    await desk.waits(2);
    await desk.approve.click();
    await desk.done();
    expect(cuts).toBeGreaterThan(1);
    const fresh = new Desk(await context.newPage());
    await fresh.page.goto(page.url());
    await fresh.done();
    const lines = async (one: Desk) => {
      await one.openCourse();
      return one.timeline.getByRole("listitem").allTextContents();
    };
    const told = await lines(desk);
    expect(told.length).toBeGreaterThan(0);
    expect(await lines(fresh)).toEqual(told);
  });
}
