import type { Browser, Page } from "@playwright/test";

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** The main thread's longest tasks while something goes on, in milliseconds, longest first. */
export async function longestTasks(browser: Browser, page: Page, goOn: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"] });
  await goOn();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse(String(await browser.stopTracing()));
  const threads = new Set(
    trace.traceEvents
      .filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain")
      .map((event) => `${event.pid} ${event.tid}`),
  );
  return trace.traceEvents
    .filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && threads.has(`${event.pid} ${event.tid}`))
    .map((event) => (event.dur ?? 0) / 1_000)
    .sort((one, other) => other - one);
}

export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
