import { expect, test } from "vitest";
import { run } from "@/protocol/frames.fixture";
import { groupsOf } from "./inbox";

const NOW = new Date(2026, 10, 20, 15, 0);

function at(day: number, hour: number): string {
  return new Date(2026, 10, day, hour).toISOString();
}

test("decisions come first, then what runs, then what is over by day", () => {
  const runs = [
    run({ id: "old", status: "completed", updated_at: at(2, 9) }).data,
    run({ id: "yesterday", status: "failed", updated_at: at(19, 23) }).data,
    run({ id: "today", status: "completed", updated_at: at(20, 1) }).data,
    run({ id: "week", status: "cancelled", updated_at: at(15, 12) }).data,
    run({ id: "running", status: "running", updated_at: at(20, 14) }).data,
    run({ id: "waiting", status: "waiting", updated_at: at(1, 14) }).data,
  ];
  expect(groupsOf(runs, NOW).map(([group, members]) => [group, members.map((member) => member.id)])).toEqual([
    ["waiting", ["waiting"]],
    ["running", ["running"]],
    ["today", ["today"]],
    ["yesterday", ["yesterday"]],
    ["week", ["week"]],
    ["earlier", ["old"]],
  ]);
});
