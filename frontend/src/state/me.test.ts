import { expect, test, vi } from "vitest";
import { readMe, startSession } from "@/connection/http";
import type { Me } from "@/protocol";
import { hindranceOf, me, mustSignIn, pathOf, signIn, watchMe } from "./me";

vi.mock("@/connection/http", async (original) => ({
  ...(await original<typeof import("@/connection/http")>()),
  readMe: vi.fn(),
  startSession: vi.fn(),
}));

function somebody(role: "asker" | "reviewer" | "admin", groups: string[] = []): Me {
  const person = { name: "Ada", role, groups, disabled_at: null, tokens: [] };
  return { auth: "tokens", open: false, person };
}

const run = { asked_of: [] as string[], four_eyes: false, by: "Ben", verified: true };

test.each([
  ["nobody signs in", { auth: "none", open: false, person: null } as Me, { ...run, asked_of: ["Legal"] }, null],
  ["an asker", somebody("asker"), run, "role"],
  ["asked of nobody in particular", somebody("reviewer"), run, null],
  ["asked of others", somebody("admin"), { ...run, asked_of: ["Legal"] }, "others"],
  ["asked of a group of one's own", somebody("reviewer", ["legal"]), { ...run, asked_of: ["Legal", "Ops"] }, null],
  ["asked of oneself", somebody("reviewer"), { ...run, asked_of: ["ADA"] }, null],
  ["one's own, with four eyes", somebody("admin"), { ...run, by: "Ada", four_eyes: true }, "own"],
  ["one's own", somebody("reviewer"), { ...run, by: "Ada" }, null],
  [
    "somebody who only calls themselves so",
    somebody("reviewer"),
    { ...run, by: "Ada", four_eyes: true, verified: false },
    null,
  ],
])("who may decide: %s", (_, known, of, expected) => {
  expect(hindranceOf(of, known)).toBe(expected);
});

test("signing in is asked for where people sign in, and nowhere else", () => {
  expect(mustSignIn(null)).toBe(false);
  expect(mustSignIn({ auth: "none", open: false, person: null })).toBe(false);
  expect(mustSignIn({ auth: "tokens", open: false, person: null })).toBe(true);
  expect(mustSignIn(somebody("asker"))).toBe(false);
});

test.each([
  [null, "/"],
  ["/run/?id=a", "/run/?id=a"],
  ["//evil.example/x", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/\\evil.example", "/"],
])("after signing in %s leads to %s", (next, path) => {
  expect(pathOf(next, "https://sayso.example.org")).toBe(path);
});

test("what was asked before somebody signed in does not sign them out when it is answered", async () => {
  let answer = (_: Me): void => {};
  vi.mocked(readMe).mockReturnValue(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  vi.mocked(startSession).mockResolvedValue(somebody("asker"));
  const stop = watchMe();
  expect(await signIn("a token")).toBe(true);
  answer({ auth: "tokens", open: false, person: null });
  await new Promise((resolve) => setTimeout(resolve));
  expect(me.getState().me?.person?.name).toBe("Ada");
  vi.mocked(startSession).mockResolvedValue(null);
  expect(await signIn("another")).toBe(false);
  expect(me.getState().me?.person?.name).toBe("Ada");
  stop();
});
