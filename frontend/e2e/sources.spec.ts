import { expect, type Page } from "@playwright/test";
import type { Info } from "../src/protocol/types";
import { sourcesTest as test } from "./backend";
import { Desk, expectClean, scrollsSideways } from "./desk";

/** Servers, and a run over the real protocols of them all. */
test.describe.configure({ timeout: 120_000 });
test.use({ contextOptions: { reducedMotion: "reduce" } });

const QUESTION = "How long does a crate lock last?";
/** What stands with a source of each kind, in the review and in the report. */
const ORIGINS = {
  library: { title: "Crates", kind: "Library", about: ["Library", /2024, \d+ years? old/] },
  wikipedia: {
    title: "Crate lock",
    kind: "Wikipedia",
    about: ["Wikipedia", "revision 1290381", /2025, \d+ years? old/, "retrieved"],
  },
  web: { title: "Vendors", kind: "Web", about: ["Web", /2019, \d+ years? old/, "retrieved"] },
  tickets: { title: "tickets: search", kind: "MCP", about: ["MCP", "retrieved"] },
} as const;
const KINDS = Object.keys(ORIGINS) as (keyof typeof ORIGINS)[];

/** Names of the sources that are not there, as the server sees it. */
async function notReady(page: Page): Promise<string[]> {
  const info: Info = await (await page.request.get("/api/info")).json();
  return info.sources.filter((each) => !each.ready).map((each) => each.name);
}

/** The page on a wide screen and on a phone, in light and in dark; pictures for whoever looks afterwards. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      const path = test.info().outputPath(`${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      await expectClean(page, `${name}, ${width} wide, ${colorScheme}`);
    }
    expect(await scrollsSideways(page), `${name} at ${width}`).toBe(false);
  }
}

test("sources of every kind are searched side by side, and one that fails stops none of them", async ({
  page,
  servers,
}) => {
  const desk = new Desk(page);
  await page.goto("/");
  const leaves = page.getByText(/^Leaves this server: /);
  for (const each of [servers.wikipedia, servers.arxiv, servers.searxng, new URL(servers.mcp).origin]) {
    await expect(leaves).toContainText(each.replace("http://", ""));
  }
  await expect(leaves).toContainText("the pages that it names are fetched from their sites");
  await look(page, "asking");
  // A source that has not answered yet whether it is there is left out of a run.
  await expect.poll(() => notReady(page), { timeout: 75_000 }).toEqual([]);

  await desk.ask(QUESTION);
  await desk.waits(1, 60_000);
  await expect(desk.timeline).toContainText("Leaves this machine: the words of each search go to ");
  const failed = desk.timeline.getByRole("listitem").filter({ hasText: /^arXiv could not be searched: / });
  await expect(failed).toHaveCount(1);
  await expect(desk.timeline).toContainText("Searching the library, Wikipedia, arXiv, Web and tickets (MCP)");
  await desk.review.getByText("What got in the way").click();
  await expect(desk.review).toContainText(/arXiv could not be searched: .* asks to slow down/);

  await expect(desk.boxes).toHaveCount(KINDS.length);
  const listed = desk.review.getByRole("region", { name: "Sources" }).getByRole("listitem");
  await expect(listed).toHaveCount(KINDS.length);
  for (const each of KINDS) {
    const { title, kind, about } = ORIGINS[each];
    const card = desk.review.getByRole("article").filter({ hasText: servers.told[each] });
    await expect(card).toContainText(`${kind} · ${title}`);
    const line = listed.filter({ hasText: kind });
    await expect(line).toContainText(title);
    for (const fact of about) await expect(line).toContainText(fact);
  }
  await expect(listed.filter({ hasText: "Library" })).not.toContainText("retrieved");
  await look(page, "review");

  await desk.approve.click();
  await desk.done();
  const cited = desk.report.locator("li[id^=source-]");
  await expect(cited).toHaveCount(KINDS.length);
  for (const each of KINDS) {
    const { title, kind, about } = ORIGINS[each];
    const sentence = desk.report.getByText(servers.told[each]);
    await expect(sentence.first()).toBeVisible();
    const source = cited.filter({ hasText: kind });
    await expect(source).toContainText(title);
    await expect(source).not.toContainText("not cited");
    for (const fact of about) await expect(source).toContainText(fact);
  }
  await expect(cited.filter({ hasText: "retrieved" })).toHaveCount(KINDS.length - 1);
  await expect(desk.report).toContainText("arXiv could not be searched");
  await desk.openCourse();
  await look(page, "report");
});
