import { expect, type Page } from "@playwright/test";
import { test } from "./backend";
import { Desk, listen, type Wire } from "./desk";

test.use({ model: true });
test.slow();
const QUESTION = "What happens to a decision when the server dies?";

const types = (wire: Wire): unknown[] => wire.received.map((frame) => frame.type);

/** What the log says, told by a page that was never interrupted. */
async function toldAnew(page: Page): Promise<string[]> {
  const fresh = new Desk(await page.context().newPage());
  await fresh.page.goto(page.url());
  await fresh.done();
  await fresh.openCourse();
  return fresh.timeline.getByRole("listitem").allTextContents();
}

/** Milliseconds in which a server that was killed while it read its library is up and has read it anew. */
const REREAD = 30_000;

test("a server killed during research, review and writing: nothing is lost, asked twice or shown twice", async ({
  page,
  backend,
}) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.ask(QUESTION);
  await expect(desk.timeline.getByRole("listitem").first()).toBeVisible();
  expect(types(wire)).not.toContain("input_required");
  await backend.kill();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await backend.start();

  await desk.waits(1, REREAD);
  await desk.boxes.first().uncheck();
  await desk.feedback.fill("A note for the writer");
  await backend.kill();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  // Decided while nobody listens: kept, said so, and sent when the server is back.
  await desk.approve.click();
  await expect(page.getByText(/^The connection is lost\. Your decision is kept/)).toBeVisible();
  await expect(desk.feedback).toHaveValue("A note for the writer");
  await backend.start();

  await expect.poll(() => types(wire), { timeout: 20_000 }).toContain("draft");
  expect(types(wire)).not.toContain("final_result");
  await backend.restart();
  await expect(desk.status).toHaveText("Done", { timeout: 30_000 });
  // The note is in the record of what was decided; readers of the report do not see it.
  const decided = wire.received.find((frame) => frame.type === "input_received");
  expect(JSON.stringify(decided)).toContain("A note for the writer");
  await expect(desk.report).not.toContainText("A note for the writer");

  await desk.openCourse();
  const shown = await desk.timeline.getByRole("listitem").allTextContents();
  expect(shown.filter((line) => line.startsWith("Approved by Ada"))).toHaveLength(1);
  expect(shown.some((line) => line.startsWith("Resumed after an interruption"))).toBe(true);
  expect(await toldAnew(page)).toEqual(shown);
  const seqs = wire.received.map((frame) => frame.seq).filter((seq) => typeof seq === "number");
  expect(new Set(seqs).size).toBe(Math.max(...seqs));
});

test("a page that is opened while the server is down opens the run when it is back", async ({ page, backend }) => {
  const desk = new Desk(page);
  await desk.ask(QUESTION);
  const address = page.url();
  await page.goto("/");
  await expect(page.getByRole("link", { name: /What happens to a decision/ }).first()).toBeVisible();
  await backend.kill();
  await page
    .getByRole("link", { name: /What happens to a decision/ })
    .first()
    .click();
  await expect(page.getByText("Connecting…")).toBeVisible();
  await backend.start();
  await expect(page).toHaveURL(address);
  await desk.waits(1, REREAD);
});
