import { expect, test } from "vitest";
import type { Info } from "@/protocol";
import { type Choice, chosenSources, toggleSource } from "./ask";

const source = (name: string, ready: boolean) => ({
  name,
  title: name,
  ready,
  why: "",
  documents: null,
  sample: false,
});
const INFO: Info = {
  version: "1",
  workflows: [],
  sources: [source("library", true), source("wikipedia", true), source("arxiv", false)],
  writers: [],
  writer: "extractive",
  examples: [],
  limits: { question: 10, feedback: 10, frame_bytes: 10 },
};
const DEFAULT: Choice = { workflow: null, sources: null, writer: null };

test("all that are ready is the server's own choice", () => {
  expect(chosenSources(INFO, DEFAULT)).toEqual(["library", "wikipedia"]);
});

test("switching off and on again sends nothing", () => {
  const without = toggleSource(INFO, DEFAULT, "wikipedia");
  expect(without.sources).toEqual(["library"]);
  expect(toggleSource(INFO, without, "wikipedia").sources).toBeNull();
});

test("the last source stays", () => {
  const without = toggleSource(INFO, DEFAULT, "wikipedia");
  expect(toggleSource(INFO, without, "library").sources).toEqual(["library"]);
});
