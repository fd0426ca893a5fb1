import { expect, test } from "vitest";
import type { Reading } from "@/protocol";
import { complete } from "./complete";
import { itemsOf, movesFor, wishesOf } from "./wishes";

const read = complete("Reading", {
  points: [
    { said: "Add how revalidation works.", field: "search", value: "how revalidation works" },
    { said: "Nothing about proxies.", field: "leave_out", value: "proxies" },
    { said: "Drop f3.", field: "drop", value: "f3" },
    { said: "Keep f1.", field: "keep", value: "f1" },
    { said: "Shorter, since 2024.", field: "note", value: "Shorter" },
    { said: "Shorter, since 2024.", field: "limits", value: "since 2024" },
  ].map((point) => ({ sent: false, ...point })) as Reading["points"],
  limits: { from: "2024", to: null, sources: null },
  unsure: [{ said: "Not that, rather the other.", field: "leave_out" }],
});

test("a reading becomes the fields of a decision, and what is not sure stays prose", () => {
  expect(wishesOf(itemsOf(read), read)).toEqual({
    search: ["how revalidation works"],
    leaveOut: ["proxies"],
    notes: ["Shorter"],
    drop: { f3: "Drop f3." },
    keep: ["f1"],
    limits: { from: "2024", to: null, sources: null },
    text: [],
    feedback: "Not that, rather the other.",
  });
});

test("what words say of single sentences is one chip, and is sent whole or not at all", () => {
  const said = "End with the first paragraph.";
  const points = ["u1 after u9", "u2 after u1", "strike u4"].map((value, at) => ({
    said: at < 2 ? said : "Strike the last row.",
    field: "text" as const,
    value,
    sent: false,
  }));
  const reading = complete("Reading", { points });
  expect(itemsOf(reading).map(({ value }) => value)).toEqual([said, "Strike the last row."]);
  expect(wishesOf(itemsOf(reading), reading).text).toEqual([
    { unit: "u1", after: "u9" },
    { unit: "u2", after: "u1" },
    { unit: "u4", strike: true },
  ]);
  const moves = { [`text ${said}`]: { to: "nothing" as const, value: "" } };
  expect(wishesOf(itemsOf(reading, moves), reading).text).toEqual([{ unit: "u4", strike: true }]);
});

test("what was removed is not sent, what was moved goes where it was moved to, in its new words", () => {
  const moves = {
    "search how revalidation works": { to: "nothing" as const, value: "" },
    "leave_out proxies": { to: "search" as const, value: "proxies in Next.js " },
    "limits since 2024": { to: "nothing" as const, value: "" },
    "? Not that, rather the other.": { to: "leave_out" as const, value: "that" },
  };
  expect(wishesOf(itemsOf(read, moves), read)).toMatchObject({
    search: ["proxies in Next.js"],
    leaveOut: ["that"],
    limits: null,
    feedback: "",
  });
});

test("limits can become words, but no words limits", () => {
  const [search, , , , , limits] = itemsOf(read);
  if (search === undefined || limits === undefined) throw new Error("no items");
  expect(movesFor(search)).not.toContain("limits");
  expect(movesFor(limits)).toContain("limits");
});

test("without a reading there is nothing to show", () => {
  expect(itemsOf(null)).toEqual([]);
});
