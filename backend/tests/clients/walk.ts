// Asks, reads each review, sends the first back, approves the second and saves the report, all by a generated client:
// node walk.js URL FOLDER QUESTION. What it has seen is printed as JSON.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { client } from "./generated/client.gen.js";
import {
  answerReview,
  exportDocx,
  exportHtml,
  exportJson,
  exportMd,
  exportPdf,
  listEvents,
  showReview,
  showRun,
  startRun,
  streamEvents,
} from "./generated/sdk.gen.js";
import type { Review, RunState } from "./generated/types.gen.js";

const [url = "", folder = "", question = ""] = process.argv.slice(2);
client.setConfig({ baseUrl: url, throwOnError: true });
const strict = { throwOnError: true } as const;

async function openReview(run: RunState): Promise<Review> {
  const { stream } = await streamEvents({ path: { run_id: run.id }, query: { until: "review" } });
  for await (const _ of stream);
  const { data: now } = await showRun({ path: { run_id: run.id }, ...strict });
  const seq = now.open_reviews?.[0];
  if (seq === undefined) throw new Error(`the run is ${now.status}`);
  const { data: review } = await showReview({ path: { run_id: run.id, seq }, ...strict });
  return review;
}

async function answer(review: Review, response: string, keep?: string[]): Promise<string> {
  const body = { review: review.seq, response, keep, by: "Ada" };
  const { data: received } = await answerReview({ path: { run_id: review.run_id }, body, ...strict });
  return received.payload;
}

const { data: run } = await startRun({ body: { question }, ...strict });
const first = await openReview(run);
const said = [await answer(first, "reject")];
const second = await openReview(run);
const kept = second.data.findings?.[0];
if (kept === undefined) throw new Error("nothing was found");
said.push(await answer(second, "approve", [kept.id]));

const path = { run_id: run.id };
await streamEvents({ path }).then(async ({ stream }) => {
  for await (const _ of stream);
});
const types: string[] = [];
for (let after: number | null | undefined = 0; typeof after === "number"; ) {
  const page: Awaited<ReturnType<typeof listEvents<true>>>["data"] = (
    await listEvents({ path, query: { after, limit: 3 }, ...strict })
  ).data;
  types.push(...page.events.map((event) => event.type ?? ""));
  after = page.next;
}

const { data: report } = await exportJson({ path, ...strict });
await writeFile(join(folder, "report.json"), JSON.stringify(report));
await writeFile(join(folder, "report.md"), (await exportMd({ path, ...strict })).data);
await writeFile(join(folder, "report.html"), (await exportHtml({ path, ...strict })).data);
for (const [name, file] of [
  ["report.docx", await exportDocx({ path, ...strict })],
  ["report.pdf", await exportPdf({ path, ...strict })],
] as const) {
  await writeFile(join(folder, name), new Uint8Array(await file.data.arrayBuffer()));
}
console.log(
  JSON.stringify({ said, types, title: report.title, kept: kept.claim, schema: first.data.response_schema, run: run.id }),
);
