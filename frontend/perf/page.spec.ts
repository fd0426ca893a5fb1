import { expect, test } from "@playwright/test";
import type { Finding, ServerFrame } from "@/protocol";
import { draft, finding, progress, received, result, review, run, source, unit } from "@/protocol/frames.fixture";
import { Stage } from "./stage";
import { longestTasks, percentile } from "./trace";

const STEPS = 5_000;
const FINDINGS = 300;
const SENTENCE = "Permanent redirects keep the method of the request and are remembered by the browser. ";

function manyFindings(): Finding[] {
  return Array.from({ length: FINDINGS }, (_, index) => {
    const claim = `Finding ${index + 1}: a redirect in the configuration is answered before the page is looked at.`;
    const one = finding(`f${index + 1}`, claim, `${claim} ${SENTENCE.repeat(6)}`, `s${(index % 40) + 1}`);
    const [quote] = one.quotes;
    if (quote === undefined) return one;
    return { ...one, agreeing: 2, quotes: [quote, { ...quote, source: `s${((index + 7) % 40) + 1}` }] };
  });
}

function* untilReview(): Generator<ServerFrame> {
  yield run({ status: "waiting", open_reviews: [STEPS + 1], last_seq: STEPS + 1 });
  for (let seq = 1; seq <= STEPS; seq += 1)
    yield progress(seq, `Reading the ${seq}th page, part ${"abc"[seq % 3]}`, "search");
  const sources = Array.from({ length: 40 }, (_, index) => source(`s${index + 1}`, `Guide ${index + 1}`));
  yield review(STEPS + 1, { findings: manyFindings(), sources });
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join(" ")}\n`);
}

for (const slower of [1, 4]) {
  test(`a key press with ${FINDINGS} findings, processor ${slower} times slower`, async ({ page, browser }) => {
    const stage = new Stage((say) => {
      for (const frame of untilReview()) say(frame);
    });
    const origin = await stage.open();
    const opening = await longestTasks(browser, page, async () => {
      await page.goto(`${origin}/run/?id=r1`);
      await expect(page.getByRole("button", { name: /^Approve all 300/ })).toBeVisible();
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await page.evaluate(() => {
      const took: number[] = [];
      Object.assign(window, { took });
      // From the key itself until after the frame that it led to: the message comes once the frame was painted.
      document.addEventListener(
        "keydown",
        (event) => {
          const pressed = event.timeStamp;
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => took.push(performance.now() - pressed);
            port2.postMessage(null);
          });
        },
        { capture: true },
      );
    });
    await page.getByRole("textbox", { name: "Feedback" }).click();
    await page.keyboard.type("What about revalidation, and which of these hold for 2024 and later? ".repeat(2), {
      delay: 40,
    });
    const took = await page.evaluate(() => (window as unknown as { took: number[] }).took);
    print(
      `  opening 5,000 events and 300 findings: longest task ${Math.round(opening[0] ?? 0)} ms`,
      `\n  key press to paint, slowed ${slower} times: p50 ${percentile(took, 0.5).toFixed(1)} ms,`,
      `p95 ${percentile(took, 0.95).toFixed(1)} ms, longest ${Math.max(...took).toFixed(1)} ms of ${took.length}`,
    );
    expect(took.length).toBeGreaterThan(100);
    await stage.close();
  });
}

test("a report of 50 KB while it is written", async ({ page, browser }) => {
  const sections = 20;
  const perSection = Math.ceil(50_000 / SENTENCE.length / sections);
  const sentence = unit(SENTENCE.trim());
  const parts = Array.from({ length: sections }, (_, index) => ({
    heading: `Part ${index + 1}`,
    sentences: Array.from({ length: perSection }, () => sentence),
    blocks: [],
  }));
  let finish = (): void => {};
  const stage = new Stage(async (say) => {
    let seq = 0;
    say(run());
    say(review(++seq));
    say(received(++seq, 1, "approve"));
    for (const part of parts) {
      for (const word of part.sentences.flatMap(({ text }) => text.match(/\S+\s*/g) ?? [])) {
        say(draft(++seq, word, part.heading));
        if (seq % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
      }
    }
    finish = () => say(result(seq + 1, { sections: parts }));
  });
  const origin = await stage.open();
  const writing = await longestTasks(browser, page, async () => {
    await page.goto(`${origin}/run/?id=r1`);
    await expect(page.getByRole("heading", { name: `Part ${sections}`, exact: true })).toBeVisible({ timeout: 60_000 });
    await expect
      .poll(async () => (await page.getByRole("region", { name: "Report" }).innerText()).length)
      .toBeGreaterThan(49_000);
  });
  const setting = await longestTasks(browser, page, async () => {
    finish();
    await expect(page.getByRole("heading", { name: "How it was made" })).toBeVisible();
  });
  const rounded = (tasks: number[]): string =>
    tasks
      .slice(0, 3)
      .map((task) => Math.round(task))
      .join(", ");
  print(
    `  50 KB in ${sections} parts: longest tasks while written ${rounded(writing)} ms, when set ${rounded(setting)} ms`,
  );
  await stage.close();
});
