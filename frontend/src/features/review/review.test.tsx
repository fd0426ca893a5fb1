// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SentDecision } from "@/protocol";
import { failure, received, review, run } from "@/protocol/frames.fixture";
import { readDecisionDraft, UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Beaten } from "./beaten";
import { Review } from "./review";

const asked = [run(), review(4)].reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY);

function show(view: RunView = asked) {
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const session = { decide } as unknown as RunSession;
  const open = openReview(view);
  if (open === null) throw new Error("no open review");
  const shown = render(<Review session={session} view={view} review={open} runId="r1" />);
  return { decide, ...shown };
}

const approve = () => screen.getByRole("button", { name: /^Approve/ });
const reject = () => screen.getByRole("button", { name: "Send back" });
const feedback = () => screen.getByRole("textbox", { name: "Feedback" });

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
});
afterEach(cleanup);

test("approving everything leaves keep out", async () => {
  const { decide } = show();
  expect(approve().textContent).toMatch(/^Approve all 3 findings/);
  await userEvent.click(approve());
  expect(decide).toHaveBeenCalledWith({ response: "approve", review: 4, feedback: "", by: "Ada" });
});

test("unticked findings are set aside, said so, and left out of keep", async () => {
  const { decide } = show();
  await userEvent.click(screen.getByRole("checkbox", { name: "Two." }));
  expect(approve().textContent).toMatch(/^Approve 2 of 3 findings/);
  screen.getByText("Set aside");
  await userEvent.type(feedback(), "more numbers");
  await userEvent.click(reject());
  await vi.waitFor(() =>
    expect(decide).toHaveBeenCalledWith({
      response: "reject",
      review: 4,
      feedback: "more numbers",
      keep: ["f1", "f3"],
      drop: {},
      by: "Ada",
    }),
  );
});

test("nothing kept cannot be approved, and the page says what to do", async () => {
  const { decide } = show();
  for (const box of screen.getAllByRole("checkbox")) await userEvent.click(box);
  await userEvent.click(approve());
  expect(decide).not.toHaveBeenCalled();
  screen.getByText(/Keep at least one finding/);
});

test("no key in the field decides: Ctrl+Enter leads to the button that fits what was typed", async () => {
  const { decide } = show();
  await userEvent.type(feedback(), "{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(approve());
  // Pressed again or held down, the keys that led here press nothing.
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await userEvent.type(feedback(), "a note{Enter}");
  await userEvent.type(feedback(), "{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(reject());
  // A browser makes clicks of a held key, unless it is told not to.
  expect(fireEvent.keyDown(reject(), { key: "Enter", repeat: true })).toBe(false);
  expect(fireEvent.keyDown(reject(), { key: "Enter", ctrlKey: true })).toBe(false);
  expect(decide).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() =>
    expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "reject", feedback: "a note", drop: {} }),
  );
});

test("with feedback, sending back is the first choice and stands where approving stood", async () => {
  show();
  const decisions = () => screen.getAllByRole("button", { name: /^(Approve|Send back)/ });
  const primary = () => decisions().filter((button) => button.classList.contains("primary"));
  expect(decisions()).toEqual([reject(), approve()]);
  expect(primary()).toEqual([approve()]);
  await userEvent.type(feedback(), "too old");
  expect(decisions()).toEqual([approve(), reject()]);
  expect(primary()).toEqual([reject()]);
  await userEvent.clear(feedback());
  expect(primary()).toEqual([approve()]);
});

test("the draft survives a reload", async () => {
  const { unmount } = show();
  await userEvent.type(feedback(), "half a thought");
  await userEvent.click(screen.getByRole("checkbox", { name: "Two." }));
  unmount();
  show();
  expect((feedback() as HTMLTextAreaElement).value).toBe("half a thought");
  expect((screen.getByRole("checkbox", { name: "Two." }) as HTMLInputElement).checked).toBe(false);
});

test("while sending, the button says so and a second click does nothing", async () => {
  const sending = reduce(asked, { kind: "deciding", decision: { response: "approve", review: 4 } });
  const { decide } = show(sending);
  await userEvent.click(screen.getByRole("button", { name: "Approving…" }));
  expect(decide).not.toHaveBeenCalled();
});

test("a refusal is said and keeps the draft", async () => {
  const { unmount } = show();
  await userEvent.type(feedback(), "kept");
  unmount();
  show(reduce(asked, { kind: "frame", frame: failure(null, "invalid_response", "keep: unknown finding.") }));
  screen.getByText(/keep: unknown finding/);
  expect((feedback() as HTMLTextAreaElement).value).toBe("kept");
});

test("a decision that could not be delivered is said, and what was typed is kept for another try", async () => {
  const { unmount } = show();
  await userEvent.type(feedback(), "kept");
  unmount();
  const sending = reduce(asked, { kind: "deciding", decision: { response: "reject", review: 4 } });
  const { decide } = show(reduce(sending, { kind: "undelivered" }));
  screen.getByText(/^Not recorded: The server broke off each time/);
  expect((feedback() as HTMLTextAreaElement).value).toBe("kept");
  await userEvent.click(reject());
  await vi.waitFor(() => expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "reject", feedback: "kept" }));
});

test("the marked sentence is marked, and nothing in a quote is HTML", () => {
  const text = "One. <img src=x onerror=alert(1)>";
  const finding = review(4).data.findings[0];
  if (finding?.quotes[0] === undefined) throw new Error("no finding");
  const hostile = { ...finding, quotes: [{ ...finding.quotes[0], text, marked: [0, 4] as [number, number] }] };
  const view = reduce(reduce(EMPTY, { kind: "frame", frame: run() }), {
    kind: "frame",
    frame: review(4, { findings: [hostile] }),
  });
  const { container } = show(view);
  fireEvent.click(screen.getByRole("button", { name: "Quote" }));
  expect(container.querySelector("mark")?.textContent).toBe("One.");
  expect(container.querySelector("img")).toBeNull();
  within(container).getByText(/onerror=alert/);
});

test("one's own decision forgets the draft, somebody else's hands it back", () => {
  const decided = (id: string) => reduce(asked, { kind: "frame", frame: received(5, 4, "approve", id) });
  writeDecisionDraft("r1", 4, { feedback: "mine", unticked: [], responseId: "mine" });
  const { container, unmount } = render(<Beaten view={decided("mine")} runId="r1" />);
  expect(container.textContent).toBe("");
  expect(readDecisionDraft("r1", 4)).toEqual(UNTOUCHED);
  unmount();
  writeDecisionDraft("r1", 4, { feedback: "too late", unticked: ["f1"], edits: { f2: "Two!" }, responseId: null });
  render(<Beaten view={decided("theirs")} runId="r1" />);
  expect(screen.getByRole("alert").textContent).toMatch(
    /Approved by Ada.*too late.*Your wording: Two!.*1 finding unticked/,
  );
});
