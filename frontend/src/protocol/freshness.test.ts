import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
// biome-ignore lint/style/noRestrictedImports: the generator is a script outside src
import { renderTypes } from "../../scripts/protocol.mjs";

test("protocol freshness: types.ts is what schema.json says", async () => {
  const types = readFileSync(new URL("./types.ts", import.meta.url), "utf8");
  expect(types === (await renderTypes()), "src/protocol/types.ts is stale: run `npm run protocol`").toBe(true);
});
