// @vitest-environment jsdom

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SourcePassages } from "@/protocol";
import { finding, source } from "@/protocol/frames.fixture";
import { InContext } from "./in-context";

const BODY: SourcePassages = {
  source: source("s1", "Guide", { uri: "https://example.org/guide", date: "2024-05", copies: ["copy.html"] }),
  passages: [
    {
      finding: "f1",
      before: "What stood before.",
      text: "It begins. One. And more. It ends.",
      after: "What came after.",
      quote: [11, 25],
      marked: [11, 15],
      place: { heading: "Part", page: 3, offset: 0, lead: null },
    },
  ],
};
const [quote] = finding("f1", "One.").quotes;
if (quote === undefined) throw new Error("no quote");
let server: Server;
let answers: number[];

beforeEach(async () => {
  answers = [];
  server = createServer((_, response) => {
    response.writeHead(answers.shift() ?? 200, { "content-type": "application/json" }).end(JSON.stringify(BODY));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const real = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => real(`http://127.0.0.1:${port}${path}`, init));
  // Not known to jsdom; what a browser does with a modal dialog is looked at in e2e/.
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

async function open(): Promise<HTMLElement> {
  render(<InContext runId="r1" quote={quote as NonNullable<typeof quote>} title="Guide" findings={["f1"]} />);
  await userEvent.click(screen.getByRole("button", { name: "In context: Guide" }));
  return screen.getByRole("dialog", { name: "Guide" });
}

test("a quote is shown among its neighbours, marked, with its place, date and copies", async () => {
  const dialog = await open();
  expect(dialog.textContent).toContain("Reading the passage…");
  const passage = await within(dialog).findByRole("region", { name: "Passage" });
  expect(passage.textContent).toBe("What stood before.It begins. One. And more. It ends.What came after.");
  expect([...passage.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["One.", " And more."]);
  expect(within(dialog).getByRole("link", { name: "Guide" }).getAttribute("href")).toBe("https://example.org/guide");
  expect(dialog.textContent).toMatch(/Part, page 3 · May 2024/);
  expect(dialog.textContent).toContain("Same text in 1 other file");
  await userEvent.click(within(dialog).getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a passage that cannot be read says why, and is read again on demand", async () => {
  answers = [404, 500];
  const dialog = await open();
  expect((await within(dialog).findByRole("alert")).textContent).toContain("was not stored with the run");
  await userEvent.click(within(dialog).getByRole("button", { name: "Try again" }));
  await within(dialog).findByText(/could not be read/);
  await userEvent.click(within(dialog).getByRole("button", { name: "Try again" }));
  await within(dialog).findByRole("region", { name: "Passage" });
});

test("what stands around a quote keeps its form, and none of it is HTML", async () => {
  const [passage] = BODY.passages;
  if (passage === undefined) throw new Error("no passage");
  const before = "Plan | Price\n--- | ---\nFree | <b>0</b> €\n\nHours\n\n";
  Object.assign(passage, { before, after: '\n• Monday\n\n```js\ngo("<img>")\n```' });
  const dialog = await open();
  const shown = await within(dialog).findByRole("region", { name: "Passage" });
  expect(within(shown).getByRole("heading").textContent).toBe("Hours");
  expect(
    within(shown)
      .getAllByRole("columnheader")
      .map((head) => head.textContent),
  ).toEqual(["Plan", "Price"]);
  expect(within(shown).getAllByRole("cell")[1]?.textContent).toBe("<b>0</b> €");
  expect(within(shown).getByRole("listitem").textContent).toBe("Monday");
  expect(shown.querySelector("pre")?.textContent).toBe('go("<img>")');
  expect(shown.querySelector("img, b")).toBeNull();
  expect([...shown.querySelectorAll("p mark")].map((mark) => mark.textContent)).toEqual(["One.", " And more."]);
});
