// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Info } from "@/protocol";
import * as asking from "@/state/ask";
import { AskForm } from "./ask-form";

const INFO = {
  workflows: [
    { name: "report", title: "Research report" },
    { name: "tidy", title: "Tidy a text", options: {} },
    {
      name: "joke",
      title: "Tell a joke",
      options: { type: "object", required: ["topic"], properties: { topic: {}, length: { type: "integer" } } },
    },
  ],
  sources: [
    {
      name: "library",
      title: "Library",
      ready: true,
      why: "",
      documents: 3,
      sample: false,
      not_searched: 0,
      kinds: {},
      remarks: [],
      leaves: "",
    },
  ],
  writers: [{ name: "extractive", ready: true, why: "", model: null, judge: null, leaves: "" }],
  writer: "extractive",
  examples: ["Why?"],
  limits: { question: 20, feedback: 10, frame_bytes: 10 },
} as unknown as Info;

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function show(props: Partial<Parameters<typeof AskForm>[0]> = {}) {
  const shared = { initial: "", initialWorkflow: null, only: [], examples: false, asksName: false, onStarted: vi.fn() };
  render(<AskForm view={{ info: INFO, unreachable: false }} {...shared} {...props} />);
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Question" });
const options = () => screen.getByRole("button", { name: /^Options/ });

test("options are folded into a line that says what is chosen", async () => {
  show();
  expect(options().textContent).toBe("OptionsLibrary · extractive writer");
  expect(screen.queryByRole("checkbox")).toBeNull();
  await userEvent.click(options());
  await userEvent.click(screen.getByRole("checkbox"));
  expect(options().textContent).toContain("text shown first");
  await userEvent.click(options());
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("a workflow that the address names is shown as chosen", () => {
  show({ initial: "A text", initialWorkflow: "tidy" });
  expect(options().getAttribute("aria-expanded")).toBe("true");
  expect(options().textContent).toContain("Tidy a text");
  expect(field().value).toBe("A text");
});

test("examples stand there only where they are wanted", async () => {
  show({ examples: true });
  await userEvent.click(screen.getByRole("button", { name: "Why?" }));
  expect(field().value).toBe("Why?");
  expect(document.activeElement).toBe(field());
  cleanup();
  show();
  expect(screen.queryByRole("button", { name: "Why?" })).toBeNull();
});

test("nothing to ask and too much to ask are said, and the field keeps the focus", async () => {
  show();
  await userEvent.type(field(), "{Enter}");
  expect(screen.getByRole("alert").textContent).toBe("Write down what you want to know first.");
  await userEvent.type(field(), "one{Shift>}{Enter}{/Shift}two");
  expect(field().value).toBe("one\ntwo");
  expect(screen.getByRole("alert").textContent).toBe("");
  await userEvent.type(field(), " and much more than that{Enter}");
  expect(screen.getByRole("alert").textContent).toContain("at most 20 characters");
  expect(document.activeElement).toBe(field());
});

test("what was being written is there again after a look at something else", async () => {
  show();
  await userEvent.type(field(), "Half a th");
  cleanup();
  show();
  expect(field().value).toBe("Half a th");
});

test("what a workflow needs beside the question is asked for, and goes along", async () => {
  const start = vi.spyOn(asking, "startResearch").mockImplementation(() => {});
  show({ initial: "Please", initialWorkflow: "joke" });
  await userEvent.click(screen.getByRole("button", { name: /^Start/ }));
  screen.getByText("This is needed.");
  expect(start).not.toHaveBeenCalled();
  await userEvent.type(screen.getByRole("textbox", { name: "Topic" }), "owls");
  await userEvent.type(screen.getByRole("spinbutton", { name: /^Length/ }), "3");
  await userEvent.click(screen.getByRole("button", { name: /^Start/ }));
  expect(start.mock.calls[0]?.[1]).toMatchObject({ workflow: "joke", options: { topic: "owls", length: 3 } });
  start.mockRestore();
});

test("a workflow that says nothing of options asks for none", () => {
  show({ initialWorkflow: "tidy" });
  expect(screen.getAllByRole("textbox")).toEqual([field()]);
});

test("what leaves the server is said before anything is asked", () => {
  show();
  expect(screen.getByText("Nothing leaves this server.")).toBeTruthy();
  cleanup();
  const web = { ...INFO.sources[0], name: "web", title: "Web", leaves: "the words of each search go to SearXNG" };
  show({ view: { info: { ...INFO, sources: [...INFO.sources, web] } as Info, unreachable: false } });
  expect(screen.getByText("Leaves this server: the words of each search go to SearXNG.")).toBeTruthy();
});

test("what several get is said once, and again after something else", () => {
  const leaves = [
    "the words of each search go to Wikipedia",
    "the words of each search go to arXiv, and papers are fetched",
    "pages are read",
    "the words of each search go to SearXNG",
  ];
  const sources = leaves.map((each, at) => ({ ...INFO.sources[0], name: `s${at}`, leaves: each }));
  show({ view: { info: { ...INFO, sources } as Info, unreachable: false } });
  screen.getByText(
    "Leaves this server: the words of each search go to Wikipedia; to arXiv, and papers are fetched; pages are read; the words of each search go to SearXNG.",
  );
});
