import { expect, type Page, test } from "@playwright/test";
import { Desk, expectClean, scrollsSideways } from "./desk";

/** A real report, in which the check says more than it had reason to say of quoted sentences. */
async function toMarked(page: Page): Promise<Desk> {
  await page.routeWebSocket(/\/query$/, (route) => {
    const server = route.connectToServer();
    server.onMessage((message) => {
      const frame = JSON.parse(String(message));
      if (frame.type === "final_result") say(frame.data);
      route.send(JSON.stringify(frame));
    });
  });
  const desk = new Desk(page);
  await desk.askToReview();
  await desk.approve.click();
  await desk.done();
  return desk;
}

interface Told {
  summary: Marked[];
  sections: { sentences: Marked[] }[];
  changed: { unit: string; text: string; why: string }[];
  unused: { finding: string; claim: string; why: string }[];
}

interface Marked {
  mark: string;
  confirmed_by: string;
}

function say(report: Told): void {
  const units = [...report.summary, ...report.sections.flatMap((section) => section.sentences)];
  for (const [index, mark] of ["reworded", "same", "confirmed", "translated"].entries()) {
    Object.assign(units[index] ?? {}, { mark, confirmed_by: mark === "confirmed" ? "Grace" : "" });
  }
  report.changed = [
    { unit: "u5", text: "All redirects are permanent.", why: "its quote does not say all" },
    { unit: "", text: "Nothing else redirects.", why: "its quote does not say nothing" },
  ];
  report.unused = [{ finding: "f1", claim: "It was approved.", why: "said already" }];
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("every mark is said in words, and what the check changed can be read", async ({ page, isMobile }, info) => {
      const desk = await toMarked(page);
      const promises = desk.report.getByRole("button", { name: "What these words promise" });
      await expect(promises.locator("..")).toContainText(
        /\d+ quoted\s*1 same\s*1 reworded\s*1 confirmed\s*1 translated/,
      );
      await promises.click();
      await expect(desk.report.getByText("Whether it means the same was not checked").first()).toBeVisible();
      await promises.click();
      const first = await desk.report.locator("#u1").boundingBox();
      expect(first?.y).toBeLessThan((page.viewportSize()?.height ?? 0) * 0.6);

      await expect(
        desk.report.getByRole("toolbar", { name: "Evidence" }).getByRole("link").last(),
      ).toHaveAccessibleName("Approved, not used: It was approved. (said already)");
      const sign = desk.report.getByRole("button", { name: "confirmed by Grace: what that means" });
      await (isMobile === true ? sign.tap() : sign.click());
      await expect(desk.report.getByRole("group", { name: /^About this wording/ })).toContainText("A person took this");
      await expectClean(page, "a mark that is explained");
      await page.screenshot({ path: info.outputPath("mark.png") });
      await page.keyboard.press("Escape");
      await expect(sign).toBeFocused();

      const changed = desk.report.locator("#changed + div");
      await expect(changed).toContainText("2 wordings of the draft did not pass");
      await changed.getByRole("button", { name: "What it said, and why" }).click();
      await expect(changed.getByText("its quote does not say all")).toBeVisible();
      await expectClean(page, "what the check changed");
      expect(await scrollsSideways(page)).toBe(false);
      await changed.getByRole("link").click();
      await expect(desk.report.locator("#u5")).toBeInViewport();
      await page.screenshot({ path: info.outputPath("report.png"), fullPage: true });
    });
  });
}
