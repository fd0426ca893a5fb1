// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Info } from "@/protocol";
import { UnsearchedFiles } from "./server-facts";

afterEach(cleanup);

const SOURCE = { name: "library", title: "Library", ready: true, why: "", documents: 3, sample: false };

function show(files: Partial<Info["sources"][number]>) {
  const source = { ...SOURCE, not_searched: 0, kinds: {}, remarks: [], ...files };
  const info = { sources: [source] } as unknown as Info;
  return render(<UnsearchedFiles view={{ info, unreachable: false }} />);
}

test("files that are not searched are counted and named with their reasons", () => {
  show({
    not_searched: 5,
    kinds: { ".pptx": 1, ".xlsx": 3 },
    remarks: [
      { name: "scan.pdf", says: "has no text in it", searched: false },
      { name: "long.txt", says: "only its first 20,000 passages are searched", searched: true },
    ],
  });
  expect(screen.getByText("5 files not searched · 1 file searched in part or with a doubt")).toBeTruthy();
  expect(screen.getByText("Of kinds that cannot be read: 3 .xlsx, 1 .pptx")).toBeTruthy();
  expect(screen.getAllByRole("listitem", { hidden: true }).map((item) => item.textContent)).toEqual([
    "scan.pdf: has no text in it",
    "long.txt: only its first 20,000 passages are searched",
  ]);
});

test("nothing is said where all files are searched", () => {
  expect(show({}).container.innerHTML).toBe("");
});
