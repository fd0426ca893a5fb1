import { expect, test } from "vitest";
import type { Info } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import { type Choice, canJudge, chosenSources, leaving, revisionOf, startOf, toggleSource } from "./ask";

const source = (name: string, ready: boolean) => ({
  name,
  title: name,
  ready,
  why: "",
  documents: null,
  sample: false,
  not_searched: 0,
  kinds: {},
  remarks: [],
  leaves: "",
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
const DEFAULT: Choice = {
  workflow: null,
  sources: null,
  documents: null,
  writer: null,
  reviewReport: false,
  judge: false,
  reviewers: null,
};

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

test("what the server would do anyway is not sent", () => {
  expect(startOf("Why?", DEFAULT, "Ada")).toEqual({ question: "Why?", by: "Ada", request_id: expect.any(String) });
  const all = {
    ...DEFAULT,
    ...{ sources: ["library"], writer: "llm", reviewReport: true, judge: true },
  };
  expect(startOf("Why?", all, "").options).toEqual({
    sources: ["library"],
    writer: "llm",
    review_report: true,
    judge: true,
  });
  expect(startOf("Why?", { ...all, workflow: "form" }, "").options).toBeUndefined();
});

test("who is asked goes along with every workflow, nobody in particular too", () => {
  expect(startOf("Why?", { ...DEFAULT, reviewers: ["Legal"] }, "").options).toEqual({ reviewers: ["Legal"] });
  const other = { ...DEFAULT, workflow: "form", options: { topic: "owls" }, reviewers: [] };
  expect(startOf("Why?", other, "").options).toEqual({ topic: "owls", reviewers: [] });
});

test("a revision is asked as its parent was, and names it", () => {
  const parent = run({ id: "r7", options: { sources: ["library"], review_report: true, revises: "r1" } }).data;
  expect(revisionOf(parent, "Shorter", "Ada")).toEqual({
    question: "Shorter",
    options: { sources: ["library"], review_report: true, revises: "r7" },
    by: "Ada",
    request_id: expect.any(String),
  });
});

test("what leaves is that of the chosen sources and of the writer", () => {
  const wikipedia = { ...source("wikipedia", true), leaves: "words go to Wikipedia" };
  const writers = [{ name: "llm", ready: true, why: "", model: "m", judge: null, leaves: "all goes to a model" }];
  const info = {
    ...INFO,
    sources: [source("library", true), wikipedia, { ...source("web", false), leaves: "x" }],
    writers,
  };
  const nothing = DEFAULT;
  expect(leaving(info, nothing)).toEqual([
    { what: "words go to Wikipedia", away: false },
    // Away now, and asked all the same if it is back by then: to say that nothing leaves would be a promise.
    { what: "x", away: true },
  ]);
  expect(leaving(info, { ...nothing, documents: ["a.md"] })).toEqual([]);
  expect(leaving(info, { ...nothing, sources: ["library"] })).toEqual([]);
  expect(leaving(info, { ...nothing, sources: ["library"], writer: "llm" })).toEqual([
    { what: "all goes to a model", away: false },
  ]);
});

test("judging needs the model", () => {
  const llm = { name: "llm", ready: true, why: "", model: "m", judge: null, leaves: "" };
  expect(canJudge(INFO)).toBe(false);
  expect(canJudge({ ...INFO, writers: [{ ...llm, ready: false }] })).toBe(false);
  expect(canJudge({ ...INFO, writers: [llm] })).toBe(true);
});
