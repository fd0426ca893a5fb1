import { expect, test } from "vitest";
import { NO_USAGE, usage } from "@/protocol/frames.fixture";
import { usageText } from "@/strings";
import { totalsOf } from "./usage";

function said(data: Parameters<typeof usage>[0]): string {
  const totals = totalsOf(usage(data));
  return totals === null ? "" : usageText.facts(totals);
}

test("nothing asked is nothing to say", () => {
  expect(totalsOf(null)).toBeNull();
  expect(totalsOf(NO_USAGE)).toBeNull();
});

test("calls and tokens are summed up; cost and budget are said where they are known", () => {
  expect(said({})).toBe("3 calls, 4,210 tokens");
  expect(said({ cost: 0.5 })).toBe("3 calls, 4,210 tokens, cost 0.50");
  expect(said({ cost: 0.00123, budget: { tokens: 50_000, calls: null, seconds: null, stage_seconds: null } })).toBe(
    "3 calls, 4,210 of 50,000 tokens, cost 0.0012",
  );
});
