// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReviewData, SentDecision } from "@/protocol";
import { asked, expired, failure, received, reminder, run } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReviews, type RunView } from "@/state/run";
import type { RunSession } from "@/state/session";
import { Beaten } from "./beaten";
import { HostedReview } from "./hosted-review";

const GRADE: ReviewData["response_schema"] = {
  type: "object",
  description: "How good is it?",
  required: ["verdict", "points"],
  properties: {
    verdict: { enum: ["good", "needs_work"] },
    points: { type: "integer", minimum: 0, maximum: 10, description: "10 is perfect." },
    comment: { type: "string", title: "A word", maxLength: 10 },
    is_public: { type: "boolean", default: true },
    tags: { type: "array" },
  },
};

function viewOf(...data: Partial<ReviewData>[]): RunView {
  const frames = [
    run({ workflow: "own" }),
    ...data.map((each, index) => asked(index + 1, `Question ${index + 1}`, each)),
  ];
  return frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY);
}

function show(view: RunView) {
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const session = { decide } as unknown as RunSession;
  const open = openReviews(view);
  const shown = render(
    open.map((review, index) => (
      <HostedReview
        key={review.seq}
        session={session}
        view={view}
        review={review}
        runId="r1"
        number={index + 1}
        all={open.length}
      />
    )),
  );
  return { decide, ...shown };
}

const send = () => userEvent.click(screen.getByRole("button", { name: "Send the answer" }));

beforeEach(() => {
  setName("Ada");
  for (const seq of [1, 2]) writeDecisionDraft("r1", seq, UNTOUCHED);
});
afterEach(cleanup);

test("approve and reject are two buttons, and feedback goes along", async () => {
  const { decide } = show(viewOf({ response_schema: { enum: ["approve", "yes", "reject", "no"] } }));
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Reject", "Approve"]);
  await userEvent.type(screen.getByRole("textbox", { name: "Feedback" }), "shorter");
  await userEvent.click(screen.getByRole("button", { name: "Reject" }));
  expect(decide).toHaveBeenCalledWith({ response: "reject", review: 1, feedback: "shorter", by: "Ada" });
});

test("Ctrl+Enter leads to the button that fits what was typed, and sends nothing", async () => {
  const { decide } = show(viewOf({ response_schema: { enum: ["approve", "reject"] } }));
  const comment = screen.getByRole("textbox", { name: "Feedback" });
  await userEvent.type(comment, "{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Approve" }));
  await userEvent.type(comment, "shorter{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Reject" }));
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Approve", "Reject"]);
  expect(decide).not.toHaveBeenCalled();
});

test("beside the two decisions, a word that only the workflow knows is a button too", async () => {
  const { decide } = show(viewOf({ response_schema: { enum: ["approve", "yes", "reject", "no", "postpone"] } }));
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Postpone", "Reject", "Approve"]);
  await userEvent.click(screen.getByRole("button", { name: "Postpone" }));
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "postpone" });
});

test("no key in a form sends it: Enter and Ctrl+Enter lead to its button", async () => {
  const { decide } = show(viewOf({ response_schema: GRADE }));
  await userEvent.click(screen.getByRole("radio", { name: "Good" }));
  const button = screen.getByRole("button", { name: "Send the answer" });
  await userEvent.type(screen.getByRole("spinbutton", { name: "Points" }), "3{Enter}");
  expect(document.activeElement).toBe(button);
  await userEvent.type(screen.getByRole("textbox", { name: /^A word/ }), "hm{Enter}");
  expect(document.activeElement).toBe(button);
  await userEvent.type(screen.getByRole("textbox", { name: /^Tags/ }), "{Enter}");
  expect(document.activeElement).not.toBe(button);
  await userEvent.keyboard("{Control>}{Enter}{Enter}{/Control}");
  expect(document.activeElement).toBe(button);
  expect(decide).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(decide).toHaveBeenCalledOnce();
});

test("other choices are buttons of their own, with their own type", async () => {
  const { decide } = show(viewOf({ response_schema: { enum: ["needs_work", 2] } }));
  await userEvent.click(screen.getByRole("button", { name: "2" }));
  screen.getByRole("button", { name: "Needs work" });
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: 2 });
});

test("without a schema the answer is a text", async () => {
  const { decide } = show(viewOf({}));
  await send();
  expect(decide).not.toHaveBeenCalled();
  screen.getByText("This is needed.");
  await userEvent.type(screen.getByRole("textbox", { name: "Your answer" }), "forty-two");
  expect(screen.queryByText("This is needed.")).toBeNull();
  await send();
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "forty-two" });
});

test("an object is a form with labels, help and defaults", async () => {
  const { decide } = show(viewOf({ response_schema: GRADE }));
  screen.getByText("How good is it?");
  screen.getByRole("radiogroup", { name: "Verdict" });
  await userEvent.click(screen.getByRole("radio", { name: "Needs work" }));
  const points = screen.getByRole("spinbutton", { name: "Points", description: "10 is perfect." });
  await userEvent.type(points, "3");
  await userEvent.type(screen.getByRole("textbox", { name: /^A word/ }), "hm");
  const open = screen.getByRole("checkbox", { name: "Is public" }) as HTMLInputElement;
  expect(open.checked).toBe(true);
  await userEvent.click(open);
  const tags = screen.getByRole("textbox", { name: "Tags As JSON, optional" });
  await userEvent.type(tags, "[[1");
  await send();
  expect(decide).not.toHaveBeenCalled();
  screen.getByText(/This is not JSON yet/);
  screen.getByText("Not sent: 1 field to look at again.");
  await userEvent.type(tags, "]");
  await send();
  expect(decide.mock.calls[0]?.[0]).toMatchObject({
    response: { verdict: "needs_work", points: 3, comment: "hm", is_public: false, tags: [1] },
  });
});

test("what is missing is said at its field, and the first one gets the focus", async () => {
  const { decide } = show(viewOf({ response_schema: GRADE }));
  await send();
  expect(decide).not.toHaveBeenCalled();
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
  expect(screen.getByRole("spinbutton", { name: "Points" }).getAttribute("aria-invalid")).toBe("true");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Good" })));
});

test("what the server refuses stands at the field that it names, in its own words", () => {
  const view = viewOf({ response_schema: GRADE }, { response_schema: GRADE });
  const sending = reduce(view, { kind: "deciding", decision: { response: {}, review: 2 } });
  const text = "response.points: 11 is greater than the maximum of 10.";
  show(reduce(sending, { kind: "frame", frame: failure(null, "invalid_response", text, "response.points") }));
  const [first, second] = screen.getAllByRole("spinbutton");
  expect(first?.getAttribute("aria-invalid")).toBe("false");
  expect(second?.getAttribute("aria-invalid")).toBe("true");
  screen.getByText("11 is greater than the maximum of 10.");
});

test("several questions are all there, each answered by its own number", async () => {
  const { decide } = show(viewOf({ response_schema: { type: "boolean", title: "Sure" } }, { response_schema: {} }));
  screen.getByRole("region", { name: "Review 1 of 2" });
  await userEvent.click(screen.getByRole("checkbox", { name: "Sure" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Your answer" }), "x");
  const [first, second] = screen.getAllByRole("button", { name: "Send the answer" });
  await userEvent.click(second as HTMLElement);
  await userEvent.click(first as HTMLElement);
  expect(decide.mock.calls.map(([each]) => [each.review, each.response])).toEqual([
    [2, "x"],
    [1, true],
  ]);
});

test("what was typed survives a reload", async () => {
  const view = viewOf({ response_schema: GRADE });
  const { unmount } = show(view);
  await userEvent.type(screen.getByRole("spinbutton", { name: "Points" }), "7");
  unmount();
  show(view);
  expect((screen.getByRole("spinbutton", { name: "Points" }) as HTMLInputElement).value).toBe("7");
});

test("what else the question carries is shown, its words only once", () => {
  show(viewOf({ details: { key: "budget", text: "Question 1", empty: null, amount: 12 } }));
  expect(screen.getAllByRole("definition").map((each) => each.textContent)).toEqual(["12"]);
  cleanup();
  show(viewOf({ details: { key: "budget" } }));
  expect(screen.getByRole("definition").textContent).toBe("budget");
});

test("until when an answer is wanted is said, and when it is late", () => {
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  show(viewOf({ due_at: soon }, { due_at: "2020-01-02T03:04:05Z" }));
  screen.getByText(/^Due tomorrow, /);
  screen.getByText("Past due");
});

test("a missed date says what happens now, also when the question itself had none", () => {
  const due = "2020-01-02T03:04:05Z";
  const frames = [reminder(2, 1, due), expired(3, 1, due)];
  show(frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), viewOf({})));
  expect(screen.getByText("Past due").parentElement?.textContent).toMatch(
    /^Past due since 2 Jan|^Past due since Jan 2/,
  );
  screen.getByText(/The run goes on waiting\.$/);
});

test("who was beaten gets back what was typed into the form", () => {
  writeDecisionDraft("r1", 1, { ...UNTOUCHED, values: { a_word: "mine", is_public: true } });
  const view = reduce(viewOf({ response_schema: GRADE }), { kind: "frame", frame: received(2, 1, {}, "theirs") });
  render(<Beaten view={view} runId="r1" />);
  expect(screen.getByRole("alert").textContent).toMatch(/Answered by Ada.*A word: mine.*Is public: true/);
});

test("a click that belongs to the question before decides nothing", async () => {
  const before = reduce(viewOf({ response_schema: { enum: ["approve", "reject"] } }), {
    kind: "frame",
    frame: received(2, 1, "reject"),
  });
  const frame = asked(3, "Again?", { response_schema: { enum: ["approve", "reject"] } });
  const { decide } = show(reduce(before, { kind: "frame", frame }));
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect(decide).not.toHaveBeenCalled();
  await waitFor(() => expect(screen.getByRole("button", { name: "Approve" }).ariaDisabled).toBe("false"));
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect(decide).toHaveBeenCalledOnce();
});

test("of several classes of answers one is chosen, and has its own form", async () => {
  const part = (title: string, field: object) => ({
    title,
    type: "object",
    required: ["response_type", ...Object.keys(field)],
    properties: { response_type: { const: title }, ...field },
  });
  const anyOf = [part("Accepted", { price: { type: "number" } }), part("Declined", { why: { type: "string" } })];
  const { decide } = show(viewOf({ response_schema: { anyOf } }));
  screen.getByRole("spinbutton", { name: "Price" });
  await userEvent.click(screen.getByRole("radio", { name: "Declined" }));
  expect(screen.queryByRole("spinbutton")).toBeNull();
  await userEvent.type(screen.getByRole("textbox", { name: "Why" }), "too low");
  await send();
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: { response_type: "Declined", why: "too low" } });
});

test("a list of objects among the details is a table", () => {
  const offers = [
    { hotel: "Sol", price: 90 },
    { hotel: "Mar", sea_view: true },
  ];
  show(viewOf({ details: { offers, tags: ["a", "b"], deep: [{ er: [1] }] } }));
  expect(screen.getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual(["Hotel", "Price", "Sea view"]);
  expect(screen.getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["Sol", "90", "", "Mar", "", "true"]);
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["a", "b"]);
  screen.getByText('[{"er":[1]}]');
});
