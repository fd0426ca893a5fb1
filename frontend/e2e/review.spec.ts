import { expect, test } from "@playwright/test";
import { browserOf, Desk, expectClean, listen, scrollsSideways } from "./desk";

test("findings of one source are shown alone, and hidden ones keep their ticks", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.askToReview();
  const all = await desk.boxes.count();
  await desk.boxes.first().uncheck();
  const filter = desk.review.getByRole("combobox", { name: "Show findings from" });
  const choices = await filter.getByRole("option").allTextContents();
  const source = choices.at(-1) ?? "";
  await filter.selectOption({ label: source });
  const shown = Number(/\((\d+)\)$/.exec(source)?.[1]);
  await expect(desk.boxes).toHaveCount(shown);
  expect(shown).toBeLessThan(all);
  await expect(
    desk.review.getByText(`Showing ${shown} of ${all}. Those that are hidden keep their ticks.`),
  ).toBeVisible();
  await expect(desk.approve).toHaveText(new RegExp(`^Approve ${all - 1} of ${all} findings`));
  await expectClean(page, "filtered findings");
  await desk.review.getByRole("button", { name: "Show all" }).click();
  await expect(desk.boxes).toHaveCount(all);
  await expect(desk.boxes.first()).not.toBeChecked();
  await filter.selectOption({ label: source });
  await desk.approve.click();
  await desk.done();
  const kept = wire.sent.find((frame) => "response" in frame)?.keep as string[];
  expect(kept.filter((id) => id.startsWith("f"))).toHaveLength(all - 1);
});

test("three rejections, then keep, drop and reword, and a report of what was kept", async ({ page }) => {
  const wire = listen(page);
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.feedback.fill("How many redirects are allowed?");
  await desk.reject.click();
  await desk.waits(2);
  await desk.feedback.fill("What about permanent redirects?");
  await desk.reject.click();
  await desk.waits(3);
  await expect(desk.timeline.getByText("Round 1", { exact: false }).first()).toBeVisible();
  await desk.reject.click();
  await desk.waits(4);
  await expect(desk.review).toContainText("What about permanent redirects?");

  const all = await desk.boxes.count();
  // Of code its first line, which introduces it: what follows is set as code in one place and folded in the other.
  const heading = await desk.review.getByRole("heading", { level: 3 }).first().innerText();
  const dropped = heading.split("\n")[0] ?? "";
  await desk.boxes.first().uncheck();
  await desk.review
    .getByRole("button", { name: /^Reword/ })
    .first()
    .click();
  const field = page.getByRole("textbox", { name: "The claim in your words" });
  const claim = `In our words: ${await field.inputValue()}`;
  await field.fill(claim);
  await page.keyboard.press("Enter");
  await expect(field).toBeHidden();
  await desk.tellWriter("Three sentences");
  await expect(desk.approve).toBeEnabled();
  await page.getByRole("checkbox", { name: "Show this note to readers of the report" }).check();
  await desk.note.press("ControlOrMeta+Enter");
  await expect(desk.approve).toBeFocused();
  await desk.approve.click();
  await desk.done();

  await expect(desk.report).toContainText("Asked of the writer: Three sentences");
  const answers = wire.sent.filter((frame) => "response" in frame);
  expect(answers.map((answer) => answer.response)).toEqual(["reject", "reject", "reject", "approve"]);
  expect(Object.values(answers[3]?.edits ?? {})).toEqual([claim]);
  expect(answers[3]).toMatchObject({ note: "Three sentences" });

  const earlier = page.getByRole("region", { name: "Earlier findings" }).getByRole("group");
  await expect(earlier).toHaveCount(4);
  await earlier.first().getByText(`Round 4: ${all} findings`).click();
  await expect(earlier.first().getByRole("article").filter({ hasText: "Set aside" }).first()).toContainText(dropped);
  await expect(earlier.first().getByRole("article").filter({ hasText: claim })).toHaveCount(1);
  await expectClean(page, "earlier findings");
});

test("no single key decides, and while a decision is sent the buttons say so", async ({ page }) => {
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/query$/, (route) => {
    const server = route.connectToServer();
    route.onMessage((message) => {
      if (String(message).includes('"response"')) held.push(() => server.send(message));
      else server.send(message);
    });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  await page.getByRole("main").click({ position: { x: 2, y: 2 } });
  for (const key of ["a", "r", "y", "n", "Enter", "1", "Escape"]) await page.keyboard.press(key);
  await desk.feedback.press("Enter");
  // Neither do two keys, pressed twice, or held down and let go one after the other.
  await desk.feedback.fill("");
  await desk.feedback.press("ControlOrMeta+Enter");
  await expect(desk.approve).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Enter");
  await desk.feedback.focus();
  await page.keyboard.down("ControlOrMeta");
  for (let n = 0; n < 3; n += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("ControlOrMeta");
  for (let n = 0; n < 3; n += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(desk.approve).toBeFocused();
  expect(held).toHaveLength(0);
  await desk.feedback.fill("What about revalidation?");
  await desk.reject.click();
  await expect(page.getByRole("button", { name: "Sending back…" })).toHaveAttribute("aria-disabled", "true");
  await expect(desk.feedback).toHaveValue("What about revalidation?");
  await page.getByRole("button", { name: /^Approve/ }).click({ force: true });
  // What was typed is read first, then sent, once.
  await expect.poll(() => held.length).toBe(1);
  await expectClean(page, "deciding");
  for (const send of held) send();
  await desk.waits(2);
});

test.describe("a browser that knows no name", () => {
  test.use({ storageState: browserOf(null, "") });

  test("asks for it before the first decision, and not again", async ({ page }) => {
    const wire = listen(page);
    const desk = new Desk(page);
    await desk.askToReview();
    // The place for the name is the widest that the bar holds.
    expect(await scrollsSideways(page)).toBe(false);
    await desk.feedback.fill("What about revalidation?");
    await desk.reject.click();
    const dialog = page.getByRole("dialog", { name: "In whose name?" });
    await expect(dialog.getByRole("textbox", { name: "Your name" })).toBeFocused();
    await expectClean(page, "asked for a name");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("Write your name, or go on without one.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(desk.feedback).toHaveValue("What about revalidation?");
    expect(wire.sent.filter((frame) => "response" in frame)).toHaveLength(0);
    await desk.reject.click();
    await page.keyboard.type("Grace");
    await page.keyboard.press("Enter");
    await desk.waits(2);
    await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue("Grace");
    await desk.approve.click();
    await desk.done();
    expect(wire.sent.filter((frame) => "response" in frame).map(({ by }) => by)).toEqual(["Grace", "Grace"]);
  });

  test("takes a decision without one, and says so", async ({ page }) => {
    const desk = new Desk(page);
    await desk.askToReview();
    await desk.approve.click();
    await page.getByRole("button", { name: "Without a name" }).click();
    await desk.done();
    await expect(desk.report).toContainText("no name given");
    await expect(desk.timeline).toContainText("Approved, no name given");
    await expect(page.getByText(/someone/i)).toHaveCount(0);
  });
});

test("findings stay readable when the run is cancelled", async ({ page }) => {
  const desk = new Desk(page);
  await desk.askToReview();
  const claim = (await desk.review.getByRole("heading", { level: 3 }).first().textContent()) ?? "";
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(desk.status).toHaveText("Cancelled");
  await page
    .getByRole("region", { name: "Earlier findings" })
    .getByText(/^Round 1/)
    .click();
  await expect(page.getByRole("heading", { name: claim })).toBeVisible();
  await expectClean(page, "cancelled with its findings");
});

test("at 200 % zoom the whole job fits, and nothing scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 450 });
  const desk = new Desk(page);
  await desk.askToReview();
  expect(await scrollsSideways(page)).toBe(false);
  await desk.approve.click();
  await desk.done();
  expect(await scrollsSideways(page)).toBe(false);
});

test("what is said aloud is little: a status for a phase, not for every step", async ({ page }) => {
  const wire = listen(page);
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const live = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]';
    new MutationObserver((records) => {
      for (const record of records) {
        const node = record.target instanceof Element ? record.target : record.target.parentElement;
        const region = node?.closest(live);
        const text = region?.textContent?.trim() ?? "";
        if (text !== "" && said.at(-1) !== text) said.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const desk = new Desk(page);
  await desk.askToReview("How do redirects work? What is a permanent redirect? When is a rewrite used instead?");
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(wire.received.filter((frame) => frame.type === "progress").length).toBeGreaterThanOrEqual(5);
  expect(said.length).toBeLessThanOrEqual(5);
});
