import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
// biome-ignore lint/style/noRestrictedImports: the generator is a script outside src
import { renderRecords, renderTypes } from "../../scripts/protocol.mjs";

test.each([
  ["types.ts", renderTypes],
  ["records.ts", renderRecords],
])("protocol freshness: %s is what schema.json says", async (name, render) => {
  const written = readFileSync(new URL(`./${name}`, import.meta.url), "utf8");
  expect(written === (await render()), `src/protocol/${name} is stale: run \`npm run protocol\``).toBe(true);
});
