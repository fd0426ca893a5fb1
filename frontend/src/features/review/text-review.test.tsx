// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useUnitTools } from "@/components/unit-tools";
import type { Report, ReviewData, SentDecision, Sentence } from "@/protocol";
import { finding, report, reportReview, run, unit } from "@/protocol/frames.fixture";
import { UNTOUCHED, writeDecisionDraft } from "@/state/decision-draft";
import { setName } from "@/state/name";
import { reduce } from "@/state/reduce";
import { EMPTY, openReview } from "@/state/run";
import type { RunSession } from "@/state/session";
import { ReportReview } from "./report-review";

const TEXT = report({
  sections: [
    {
      heading: "Part",
      sentences: [
        unit("One.", { id: "u1", cited: [{ n: 1, quotes: [0], findings: ["f1"] }] }),
        unit("Two.", { id: "u2" }),
      ],
      blocks: [],
    },
  ],
  findings: [finding("f1", "One."), finding("f2", "Another.")],
  changed: [{ unit: "u2", text: "Two and one make three.", why: "No quote says three." }],
});

beforeEach(() => {
  setName("Ada");
  writeDecisionDraft("r1", 4, UNTOUCHED);
});
afterEach(cleanup);

function Unit({ sentence }: { sentence: Sentence }) {
  return (
    <p>
      {sentence.text} {useUnitTools(sentence)}
    </p>
  );
}

async function show(data: Partial<ReviewData> = {}, text: Report = TEXT) {
  const asked = reportReview(4, text);
  const view = [run(), { ...asked, data: { ...asked.data, ...data } }].reduce(
    (before, frame) => reduce(before, { kind: "frame", frame }),
    EMPTY,
  );
  const decide = vi.fn((_: Omit<SentDecision, "response_id">) => "mine");
  const open = openReview(view);
  if (open === null) throw new Error("no open review");
  render(
    <ReportReview session={{ decide } as unknown as RunSession} view={view} review={open} runId="r1" report={text}>
      {text.sections[0]?.sentences.map((sentence) => (
        <Unit key={sentence.id} sentence={sentence} />
      ))}
    </ReportReview>,
  );
  await vi.waitFor(() => expect(approve().getAttribute("aria-disabled")).toBe("false"), { timeout: 3_000 });
  return decide;
}

const approve = () => screen.getByRole("button", { name: "Approve the report" });
const sendBack = () => screen.getByRole("button", { name: "Send back" });
const menu = (text: string) => screen.getByRole("button", { name: `Change: ${text}` });
const edits = () => within(screen.getByRole("list", { name: "What will be sent about single sentences" }));

test("a unit is struck, another replaced by an approved quote, and both are listed and sent", async () => {
  const decide = await show();
  await userEvent.click(menu("One."));
  await userEvent.click(screen.getByRole("button", { name: "Strike it" }));
  await userEvent.click(menu("Two."));
  await userEvent.click(screen.getByRole("button", { name: "Another." }));
  expect(
    edits()
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["Struck One. Undo", "Replaced Two. → Another. Undo"]);
  await userEvent.click(approve());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({
    response: "approve",
    text: [
      { unit: "u1", strike: true },
      { unit: "u2", replace: "f2.1" },
    ],
  });
});

test("a unit is moved past its neighbour, as the menu says and no further", async () => {
  const decide = await show();
  await userEvent.click(menu("One."));
  expect(screen.queryByRole("button", { name: "Move up" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Move down" }));
  expect(edits().getByRole("listitem").textContent).toBe("Moved after One. → Two. Undo");
  await userEvent.click(sendBack());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "reject", text: [{ unit: "u1", after: "u2" }] });
});

test("the table can be asked for first only where there is one", async () => {
  await show();
  expect(screen.queryByRole("button", { name: "Start with the table" })).toBeNull();
});

test("a wording that gave way to its quote can be confirmed, both being shown; one that did not cannot", async () => {
  const decide = await show();
  await userEvent.click(menu("One."));
  expect(screen.queryByRole("button", { name: /in my name$/ })).toBeNull();
  await userEvent.keyboard("{Escape}");
  expect(document.activeElement).toBe(menu("One."));
  await userEvent.click(menu("Two."));
  screen.getByText("Two and one make three.");
  await userEvent.click(screen.getByRole("button", { name: /in my name$/ }));
  expect(edits().getByRole("listitem").textContent).toContain("Two and one make three.");
  await userEvent.click(approve());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ text: [{ unit: "u2", confirm: true }] });
});

test("a comment asks for another text: it goes with a rejection alone, which then needs no further word", async () => {
  const decide = await show();
  await userEvent.click(menu("One."));
  await userEvent.type(screen.getByRole("textbox", { name: "Comment for the writer" }), "Too vague");
  await userEvent.click(screen.getByRole("button", { name: "Add the comment" }));
  await userEvent.click(approve());
  expect(decide).not.toHaveBeenCalled();
  screen.getByText(/^A comment asks for another text/);
  await userEvent.click(sendBack());
  expect(decide.mock.calls[0]?.[0]).toMatchObject({ response: "reject", text: [{ unit: "u1", comment: "Too vague" }] });
});

test("an edit is taken back from the list", async () => {
  await show();
  await userEvent.click(menu("One."));
  await userEvent.click(screen.getByRole("button", { name: "Strike it" }));
  await userEvent.click(edits().getByRole("button", { name: "Undo: One." }));
  expect(screen.queryByRole("list", { name: /single sentences/ })).toBeNull();
});

test("what changed against the version before is said, and that nothing did", async () => {
  await show({ version: 2, changes: [{ unit: "u1", was: "Uno.", text: "One." }] });
  await userEvent.click(screen.getByRole("button", { name: "Version 2: 1 change against the one before" }));
  screen.getByText("Uno.");
  cleanup();
  await show({ version: 2, changes: [{ unit: "u1", was: "One.", text: "One." }] });
  await userEvent.click(screen.getByRole("button", { name: "Version 2: 1 change against the one before" }));
  screen.getByText("Moved:");
  cleanup();
  await show({ version: 3, changes: [] });
  screen.getByText("Version 3 is the same as the one before, word for word.");
  cleanup();
  await show({ version: 1 });
  expect(screen.queryByText(/^Version/)).toBeNull();
});

test("units of a server that does not name them are read, not changed", async () => {
  await show({}, report());
  expect(screen.queryByRole("button", { name: /^Change:/ })).toBeNull();
});
