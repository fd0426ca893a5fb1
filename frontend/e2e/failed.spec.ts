import { expect } from "@playwright/test";
import { test } from "./backend";
import { Desk, expectClean } from "./desk";

test.use({ environment: { SAYSO_WORKFLOWS: "raises=support.workflows:Raises" } });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("a run that fails says so calmly, tells no secrets, and can be asked again", async ({ page, request }) => {
      const started = await request.post("/api/runs", { data: { question: "Will it work?", workflow: "raises" } });
      const { id } = await started.json();
      const desk = new Desk(page);
      await page.goto(`/run/?id=${id}`);
      await expect(desk.status).toHaveText("Failed");
      await expect(page.getByRole("heading", { name: "The run failed" })).toBeVisible();
      await expect(page.getByText("secret detail")).toHaveCount(0);
      await expectClean(page, "failed");
      await page.getByRole("link", { name: "Ask again" }).first().click();
      await expect(page.getByRole("textbox", { name: "Question" })).toHaveValue("Will it work?");
    });
  });
}
