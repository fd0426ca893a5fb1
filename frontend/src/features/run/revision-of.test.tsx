// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { ServerFrame } from "@/protocol";
import { result, run } from "@/protocol/frames.fixture";
import { reduce } from "@/state/reduce";
import { EMPTY } from "@/state/run";
import { RevisionOf } from "./revision-of";

afterEach(cleanup);

function show(...frames: ServerFrame[]): void {
  render(<RevisionOf view={frames.reduce((view, frame) => reduce(view, { kind: "frame", frame }), EMPTY)} />);
}

test("a revision leads to its parent, by its title once that is known", () => {
  show(run({ options: { revises: "r/0" } }));
  const link = screen.getByRole("link", { name: "an earlier report" });
  expect(link.getAttribute("href")).toMatch(/^\/run\/?\?id=r%2F0$/);
  cleanup();
  show(run({ options: { revises: "r0" } }), result(1, { parent: { run_id: "r0", title: "Before" } }));
  screen.getByRole("link", { name: "Before" });
});

test("what revises nothing says nothing", () => {
  show(run());
  expect(screen.queryByRole("link")).toBeNull();
});
