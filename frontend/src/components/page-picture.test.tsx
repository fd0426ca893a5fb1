// @vitest-environment jsdom

import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QuotedPage, StoredPassage } from "@/protocol";
import { source } from "@/protocol/frames.fixture";
import { hasPages, PagePicture } from "./page-picture";

const SOURCE = source("s1", "Harbour rules", { uri: "harbour.pdf" });
const PASSAGE: StoredPassage = {
  finding: "f1",
  before: "",
  text: "One. The crane lifts four tonnes. Two.",
  after: "",
  quote: [5, 33],
  marked: null,
  place: { heading: null, page: 3, offset: 0, lead: null },
};
const PAGE: QuotedPage = {
  says: "",
  page: 3,
  png: "AAAA",
  width: 1200,
  height: 1600,
  boxes: [
    { left: 0.1, top: 0.25, width: 0.3, height: 0.02 },
    { left: 0.1, top: 0.28, width: 0.125, height: 0.02 },
  ],
  goes_on: false,
};
let server: Server;
let asked: string[];
let answer: (response: ServerResponse) => void;

const says = (body: QuotedPage) => (response: ServerResponse) =>
  void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

beforeEach(async () => {
  asked = [];
  answer = says(PAGE);
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const real = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => real(`http://127.0.0.1:${port}${path}`, init));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

const shown = () =>
  render(
    <PagePicture runId="r1" source={SOURCE} passage={PASSAGE}>
      <p>the text</p>
    </PagePicture>,
  );

test("the text is there until the page is, which has the quote marked where the server says", async () => {
  const { container } = shown();
  expect(screen.getByRole("status").textContent).toBe("The page is being drawn…");
  expect(screen.getByText("the text")).toBeTruthy();
  const picture = await screen.findByRole("img");
  expect(asked).toEqual(["/api/runs/r1/sources/s1/page?finding=f1"]);
  expect(screen.queryByText("the text")).toBeNull();
  expect(picture.getAttribute("alt")).toBe(
    "Page 3 of Harbour rules, with the quote marked: The crane lifts four tonnes.",
  );
  expect(picture.getAttribute("src")).toBe("data:image/png;base64,AAAA");
  const boxes = [...container.querySelectorAll<HTMLElement>("figure [aria-hidden]")].map(({ style }) => style);
  expect(boxes.map(({ left, top, width, height }) => [left, top, width, height])).toEqual([
    ["10%", "25%", "30%", "2%"],
    ["10%", "28.000000000000004%", "12.5%", "2%"],
  ]);
  expect(screen.getByRole("region", { name: "Page 3" }).tabIndex).toBe(0);
});

test("who wants the text has it, and the page again", async () => {
  shown();
  await screen.findByRole("img");
  await userEvent.click(screen.getByRole("button", { name: "Text", pressed: false }));
  expect(screen.getByText("the text")).toBeTruthy();
  expect(screen.queryByRole("img")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Page", pressed: false }));
  expect(screen.getByRole("img")).toBeTruthy();
});

test("a quote that ends on the next page says so", async () => {
  answer = says({ ...PAGE, goes_on: true });
  shown();
  expect(await screen.findByText("The quote ends on the next page.")).toBeTruthy();
});

test("where there is no page the text stays, and one line says why", async () => {
  const why = "harbour.pdf is not in the library any more.";
  answer = says({ ...PAGE, says: why, page: null, png: "", boxes: [] });
  shown();
  expect((await screen.findByText(why)).getAttribute("role")).toBe("status");
  expect(screen.getByText("the text")).toBeTruthy();
  cleanup();
  answer = (response) => void response.writeHead(500).end();
  shown();
  expect(await screen.findByText(/could not be shown just now/)).toBeTruthy();
  expect(screen.getByText("the text")).toBeTruthy();
});

test("only a PDF of the library has pages that can be drawn", () => {
  expect(hasPages(SOURCE, PASSAGE)).toBe(true);
  expect(hasPages({ ...SOURCE, uri: "added/Rules.PDF" }, PASSAGE)).toBe(true);
  expect(hasPages({ ...SOURCE, uri: "harbour.docx" }, PASSAGE)).toBe(false);
  expect(hasPages({ ...SOURCE, kind: "arxiv", uri: "https://arxiv.org/pdf/1.pdf" }, PASSAGE)).toBe(false);
  expect(hasPages(SOURCE, { ...PASSAGE, place: { ...PASSAGE.place, page: null } })).toBe(false);
});
