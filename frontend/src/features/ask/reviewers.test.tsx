// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Info } from "@/protocol";
import type { Choice } from "@/state/ask";
import { me } from "@/state/me";
import { Reviewers } from "./reviewers";

const NAMES = { people: ["Lea", "Rex"], groups: ["Legal"] };
const UNTOUCHED: Choice = {
  workflow: null,
  sources: null,
  documents: null,
  writer: null,
  reviewReport: false,
  judge: false,
  reviewers: null,
};
let asked: string[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify(path.endsWith("/names") ? NAMES : me.getState().me));
  });
  const person = { name: "Ada", role: "asker" as const, groups: [], disabled_at: null, tokens: [] };
  me.setState({ me: { auth: "tokens", open: false, person } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  me.setState({ me: null });
});

function show(reviewers: string[]): { chosen: () => string[] | null } {
  const info = { workflows: [{ name: "report", reviewers }] } as unknown as Info;
  let last: Choice = UNTOUCHED;
  function Form() {
    const [choice, setChoice] = useState(UNTOUCHED);
    last = choice;
    return <Reviewers info={info} choice={choice} onChange={setChoice} />;
  }
  render(<Form />);
  return { chosen: () => last.reviewers };
}

test("a group or a person is named, and left out again, which is the server's own choice", async () => {
  const { chosen } = show([]);
  await userEvent.selectOptions(await screen.findByRole("combobox"), "Legal");
  expect(chosen()).toEqual(["Legal"]);
  expect(screen.queryByText("whoever reviews here")).toBeNull();
  expect(screen.queryByRole("option", { name: "Legal" })).toBeNull();
  await userEvent.selectOptions(screen.getByRole("combobox"), "Rex");
  expect(chosen()).toEqual(["Legal", "Rex"]);
  await userEvent.click(screen.getByRole("button", { name: "Do not ask Legal" }));
  await userEvent.click(screen.getByRole("button", { name: "Do not ask Rex" }));
  expect(chosen()).toBeNull();
  screen.getByText("whoever reviews here");
});

test("whom the server asks of itself is shown, and can be left out", async () => {
  const { chosen } = show(["legal"]);
  await userEvent.click(await screen.findByRole("button", { name: "Do not ask legal" }));
  expect(chosen()).toEqual([]);
  await userEvent.selectOptions(screen.getByRole("combobox"), "Legal");
  expect(chosen()).toBeNull();
});

test("where nobody signs in, nobody can be named, and no names are asked for", async () => {
  me.setState({ me: { auth: "none", open: true, person: null } });
  show([]);
  await new Promise((done) => setTimeout(done, 50));
  expect(screen.queryByRole("group")).toBeNull();
  expect(asked).not.toContain("/api/people/names");
});
