// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { LibraryPage } from "@/protocol";
import type { DocumentsView } from "@/state/documents";
import { Library } from "./library";

afterEach(cleanup);

const PAGE: LibraryPage = { documents: [], total: 0, can_add: true };

function show(page: LibraryPage | null): void {
  const view: DocumentsView = { page, q: "", limit: 100, unreachable: false, sending: [] };
  render(<Library view={view} />);
}

/** Whether the page takes a file that is held over it; else the browser opens the file and leaves the page. */
function isTaken(): boolean {
  const over = createEvent.dragOver(window);
  Object.defineProperty(over, "dataTransfer", { value: { types: ["Files"], files: [] } });
  fireEvent(window, over);
  return over.defaultPrevented;
}

test("a file can be dropped before the list of documents is there", () => {
  show(null);
  expect(isTaken()).toBe(true);
  screen.getByRole("button", { name: "Add documents" });
});

test("where nothing can be added nothing offers it", () => {
  show({ ...PAGE, can_add: false });
  expect(isTaken()).toBe(false);
  expect(screen.queryByRole("button", { name: "Add documents" })).toBeNull();
});
