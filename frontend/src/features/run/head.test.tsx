// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { PersonInfo, Report, ServerFrame } from "@/protocol";
import { progress, received, reportReview, result, review, run } from "@/protocol/frames.fixture";
import { me } from "@/state/me";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Head } from "./head";

afterEach(cleanup);

// Asked only to cancel, which nothing here does.
const session = {} as RunSession;

function show(...frames: ServerFrame[]): HTMLElement {
  const view = frames.reduce((seen, frame) => reduce(seen, { kind: "frame", frame }), EMPTY);
  return render(<Head session={session} view={view} />).container;
}

const finished = (question: string, data: Partial<Report> = {}): ServerFrame[] => [
  run({ question }),
  progress(1, "Planning", "plan"),
  review(2),
  received(3, 2, "approve"),
  result(4, { question, ...data }),
];

test("once there is a report, its stages and timeline are a line that opens", async () => {
  const head = show(...finished("Why?"));
  expect(screen.getByRole("status").textContent).toBe("Done");
  expect(screen.queryByRole("list", { name: "Stages" })).toBeNull();
  const button = screen.getByRole("button", { name: /^How it came about ?1 round, / });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  const folded = document.getElementById(button.getAttribute("aria-controls") ?? "");
  expect(folded?.textContent).toContain("Approved by Ada");
  await userEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  // Its title is the question already.
  expect(head.textContent).not.toContain("Why?");
});

test("until then the stages are there", () => {
  show(run(), progress(1, "Planning", "plan"));
  expect(screen.getByRole("list", { name: "Stages" }).textContent).toContain("Plan");
  expect(screen.queryByRole("button", { name: /^How it came about/ })).toBeNull();
});

test("a text that was handed in stands above no report: it is told with how that came about", () => {
  const text = "A sentence of a text. ".repeat(20);
  show(...finished(text, { title: "A sentence of a text" }));
  const button = screen.getByRole("button", { name: /^How it came about/ });
  expect(screen.queryByRole("button", { name: "Whole text" })).toBeNull();
  expect(document.getElementById(button.getAttribute("aria-controls") ?? "")?.textContent).toContain(text.trim());
});

test("of a text above one that waits to be approved the beginning is shown, and the rest on demand", async () => {
  const text = "A sentence of a text. ".repeat(20);
  show(run({ question: text }), reportReview(1, { question: text, title: "A sentence of a text" }));
  expect(screen.queryByRole("heading", { level: 1 })).toBeNull();
  const more = screen.getByRole("button", { name: "Whole text" });
  await userEvent.click(more);
  expect(more.textContent).toBe("Less");
});

test("what a revision was asked stands above its report", () => {
  const head = show(...finished("Shorter", { title: "The reasons", parent: { run_id: "r0", title: "The reasons" } }));
  expect(head.querySelector("p")?.textContent).toContain("Revision of");
  expect(head.textContent).toContain("Shorter");
});

test("whoever may decide reads that it waits for them, and the others for whom it waits", () => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const waiting = [
    run({ status: "waiting", asked_of: ["Legal"], by: "Ben", four_eyes: true, verified: true }),
    review(1),
  ];
  const standing = (known: Partial<PersonInfo> | null, frames = waiting): string | null => {
    cleanup();
    const person = { name: "Ada", role: "reviewer" as const, groups: [], disabled_at: null, tokens: [], ...known };
    me.setState({
      me: { auth: known === null ? "none" : "tokens", open: false, person: known === null ? null : person },
    });
    show(...frames);
    return screen.getByRole("status").textContent;
  };
  expect(standing(null)).toBe("Waiting for your decision");
  expect(standing({ groups: ["legal"] })).toBe("Waiting for your decision");
  expect(screen.getByRole("note").textContent).toContain("Asked of Legal");
  expect(standing({})).toBe("Waiting for Legal");
  expect(standing({ role: "asker" })).toBe("Waiting for Legal");
  expect(standing({ name: "Ben", groups: ["Legal"] })).toBe("Waiting for somebody else to approve");
  const ofNobody = [run({ status: "waiting" }), review(1)];
  expect(standing({ role: "asker" }, ofNobody)).toBe("Waiting for a reviewer");
  expect(screen.getByRole("note").textContent).toContain("Somebody who reviews decides about this.");
  me.setState({ me: null });
  vi.unstubAllGlobals();
});
