// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PersonInfo, ServerFrame } from "@/protocol";
import { asked, reportReview, review, run } from "@/protocol/frames.fixture";
import { me } from "@/state/me";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Body } from "./body";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn() }) }));

beforeEach(() => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
});
afterEach(() => {
  cleanup();
  me.setState({ me: null });
  vi.unstubAllGlobals();
});

const decided = vi.fn(() => "id");
// Asked only to decide.
const session = { decide: decided } as unknown as RunSession;

function show(person: Partial<PersonInfo>, ...frames: ServerFrame[]): void {
  const known = { name: "Ada", role: "reviewer" as const, groups: [], disabled_at: null, tokens: [], ...person };
  me.setState({ me: { auth: "tokens", open: false, person: known } });
  const view = frames.reduce((seen, frame) => reduce(seen, { kind: "frame", frame }), EMPTY);
  render(<Body session={session} view={view} />);
}

const buttons = (name: RegExp): HTMLElement[] => screen.queryAllByRole("button", { name });

const LEGAL = run({ status: "waiting", asked_of: ["Legal"] });

test("whoever may not decide has all of it to read, and nothing that decides", () => {
  show({ role: "asker" }, LEGAL, review(1));
  expect(screen.getByRole("region", { name: "Review" }).textContent).toContain("finding");
  expect(buttons(/^(Approve|Send back|Reject|Reword)/)).toEqual([]);
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  cleanup();
  show({}, LEGAL, reportReview(1));
  expect(buttons(/^(Approve|Release|Send back|Reject)/)).toEqual([]);
  expect(screen.queryByRole("textbox")).toBeNull();
  cleanup();
  show({}, LEGAL, asked(1, "How many points?", { response_schema: { type: "integer" } }));
  screen.getByText("How many points?");
  expect(screen.queryByRole("spinbutton")).toBeNull();
});

test("whoever is asked decides, and with four eyes whoever asked may still send it back", () => {
  show({ groups: ["legal"] }, LEGAL, review(1));
  expect(buttons(/^Approve/)).toHaveLength(1);
  cleanup();
  show({}, run({ status: "waiting", four_eyes: true, by: "Ada", verified: true }), review(1));
  expect(buttons(/^(Send back|Reject)/)).toHaveLength(1);
});

test("with four eyes the approval of whoever asked says why it cannot be given, and sends nothing", () => {
  const own = run({ status: "waiting", four_eyes: true, by: "Ada", verified: true });
  const press = (name: RegExp): void => {
    const button = screen.getByRole("button", { name });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button);
  };
  show({}, own, review(1));
  press(/^Approve/);
  expect(screen.getByRole("alert").textContent).toContain("somebody else approves it");
  cleanup();
  show({}, own, reportReview(1));
  press(/^Approve/);
  cleanup();
  show({}, own, asked(1, "Is it right?", { response_schema: { enum: ["approve", "reject"] } }));
  press(/^Approve/);
  cleanup();
  show({}, own, asked(1, "How many points?", { response_schema: { type: "integer" } }));
  press(/^Send/);
  expect(decided).not.toHaveBeenCalled();
});
