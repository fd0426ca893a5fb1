// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { report } from "@/protocol/frames.fixture";
import { Report } from "./report";

let written: { types: Record<string, string>[]; texts: string[] };

beforeEach(() => {
  written = { types: [], texts: [] };
  userEvent.setup();
  vi.stubGlobal(
    "ClipboardItem",
    class {
      constructor(readonly items: Record<string, Blob>) {}
    },
  );
  vi.spyOn(navigator.clipboard, "write").mockImplementation(async (items) => {
    for (const item of items as unknown as { items: Record<string, Blob> }[]) {
      const read = Object.entries(item.items).map(async ([type, blob]) => [type, await blob.text()]);
      written.types.push(Object.fromEntries(await Promise.all(read)));
    }
  });
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => {
    written.texts.push(text);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const click = (name: string) => screen.getByRole("button", { name }).click();

test("the text is copied as HTML and as plain text at once", async () => {
  render(<Report report={report()} runId="r1" markdown="# Because" />);
  click("Copy text");
  await screen.findByText("Copied");
  expect(written.types).toHaveLength(1);
  expect(written.types[0]?.["text/html"]).toContain("<h1>Why?</h1>");
  expect(written.types[0]?.["text/plain"]).toMatch(/^Why\?\n/);
});

test("where there is no clipboard to write to, the browser's own copying gets both forms", async () => {
  vi.mocked(navigator.clipboard.write).mockRejectedValue(new Error("not allowed"));
  const set = new Map<string, string>();
  document.execCommand = () => {
    const event = new Event("copy", { cancelable: true }) as ClipboardEvent;
    Object.assign(event, { clipboardData: { setData: (type: string, text: string) => set.set(type, text) } });
    document.dispatchEvent(event);
    return event.defaultPrevented;
  };
  render(<Report report={report()} runId="r1" />);
  click("Copy text");
  await screen.findByText("Copied");
  expect([...set.keys()]).toEqual(["text/html", "text/plain"]);
  expect(document.querySelector("textarea")).toBeNull();
});

test("a copy that fails says so", async () => {
  vi.mocked(navigator.clipboard.writeText).mockRejectedValue(new Error("not allowed"));
  document.execCommand = () => false;
  render(<Report report={report()} runId="r1" markdown="# Because" />);
  click("Copy Markdown");
  await screen.findByText("Copying failed");
});

test("the link is that of the run, and it is said who can open it", async () => {
  window.history.replaceState(null, "", "/run/?id=r1#source-1");
  render(<Report report={report()} runId="r1" />);
  expect(screen.queryByText(/opens nowhere else/)).toBeNull();
  click("Copy link");
  await screen.findByText("This address leads to the server on this machine: it opens nowhere else.");
  expect(written.texts).toEqual([`${window.location.origin}/run/?id=r1`]);
});

test("elsewhere the server is named that has to be reached", async () => {
  vi.stubGlobal("location", new URL("http://sayso.example.org:8000/run/?id=r1"));
  render(<Report report={report()} runId="r1" />);
  click("Copy link");
  await screen.findByText("Whoever opens it needs to reach this server, sayso.example.org:8000.");
});

test("printing is the browser's; of a text that is not released nothing is to be taken", () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  const { unmount } = render(<Report report={report()} runId="r1" />);
  click("Print");
  expect(print).toHaveBeenCalledOnce();
  unmount();
  render(<Report report={report()} runId="r1" released={false} />);
  expect(screen.queryByRole("button", { name: "Print" })).toBeNull();
});
