import { createStore } from "zustand/vanilla";
import { newId } from "@/connection/identity";
import type { Info, JsonValue, JudgeScore, ReportOptions, RunState, Start } from "@/protocol";
import type { Refusal } from "./run";
import { beginRun } from "./sessions";

/** What the person chose beside the question. Null means: as the server would, which is the report workflow. */
export interface Choice {
  workflow: string | null;
  sources: string[] | null;
  /** Names of the documents that alone are asked. */
  documents: string[] | null;
  writer: string | null;
  /** Whether the finished text is shown before it is released. */
  reviewReport: boolean;
  /** Whether a model judges every sentence too. */
  judge: boolean;
  /** Names of people and groups who are asked to decide. */
  reviewers: string[] | null;
  /** What another workflow is started with beside the question. */
  options?: Record<string, JsonValue>;
}

export interface Asking {
  state: "idle" | "starting" | "unreachable";
  problem: Refusal | null;
}

export const ask = createStore<Asking>(() => ({ state: "idle", problem: null }));

/** Starts a run and calls `onStarted` with its id. What the server refuses becomes `problem`. */
export function startResearch(question: string, choice: Choice, by: string, onStarted: (runId: string) => void): void {
  begin(startOf(question, choice, by), onStarted);
}

/** Starts a run that revises the report of a finished one: as that was made, with `change` for what to do differently. */
export function startRevision(run: RunState, change: string, by: string, onStarted: (runId: string) => void): void {
  begin(revisionOf(run, change, by), onStarted);
}

/** Forgets what was refused, for another form. */
export function forgetProblem(): void {
  ask.setState({ problem: null });
}

function begin(start: Start, onStarted: (runId: string) => void): void {
  if (ask.getState().state !== "idle") return;
  ask.setState({ state: "starting", problem: null });
  const session = beginRun(start);
  const stop = session.store.subscribe((view) => {
    if (view.run !== null) {
      stop();
      ask.setState({ state: "idle", problem: null });
      onStarted(view.run.id);
      return;
    }
    const refused = view.refusal ?? view.missing;
    if (refused !== null) {
      stop();
      session.close();
      ask.setState({ state: "idle", problem: refused });
    }
  });
  // A server that is down is no failure yet: the question is kept and sent as soon as it is back.
  setTimeout(() => {
    if (ask.getState().state === "starting" && session.store.getState().link !== "connected") {
      ask.setState({ state: "unreachable" });
    }
  }, 2_500);
}

export function startOf(question: string, choice: Choice, by: string): Start {
  // Sources and writers are the report workflow's; another one says itself what it takes.
  const own: Start["options"] = choice.workflow === null ? { ...optionsOf(choice) } : choice.options;
  // Who is asked to decide is of every workflow.
  const options = { ...own, ...(choice.reviewers === null ? {} : { reviewers: choice.reviewers }) };
  return {
    question,
    ...(choice.workflow === null ? {} : { workflow: choice.workflow }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    by,
    request_id: newId(),
  };
}

/** What differs from the server's own choice. */
function optionsOf(choice: Choice): { [K in keyof ReportOptions]: unknown } {
  return {
    ...(choice.sources === null || choice.documents !== null ? {} : { sources: choice.sources }),
    ...(choice.documents === null ? {} : { documents: choice.documents }),
    ...(choice.writer === null ? {} : { writer: choice.writer }),
    ...(choice.reviewReport ? { review_report: true } : {}),
    ...(choice.judge ? { judge: true } : {}),
  };
}

export function revisionOf(run: RunState, change: string, by: string): Start {
  return { question: change, options: { ...run.options, revises: run.id }, by, request_id: newId() };
}

/** Whether the model that judges sentences is there. */
export function canJudge(info: Info): boolean {
  return info.writers.some((writer) => writer.name === "llm" && writer.ready);
}

/** How that model judges, where it was measured. */
export function judgeOf(info: Info): JudgeScore | null {
  return info.writers.find((writer) => writer.name === "llm")?.judge ?? null;
}

/** The sources that a run would search, in the server's order. */
export function chosenSources(info: Info, choice: Choice): string[] {
  const ready = info.sources.filter((source) => source.ready).map((source) => source.name);
  return choice.sources === null ? ready : ready.filter((name) => choice.sources?.includes(name));
}

/** What leaves the server's machine when a report is asked for, a clause for each place that it goes to. A source that
 * is away now may be back when the run begins. */
export function leaving(info: Info, choice: Choice): { what: string; away: boolean }[] {
  const asked = info.sources.filter((source) =>
    choice.documents === null ? choice.sources === null || choice.sources.includes(source.name) : false,
  );
  const writer = info.writers.find((each) => each.name === (choice.writer ?? info.writer));
  return [
    ...asked.map((source) => ({ what: source.leaves, away: !source.ready })),
    ...(writer ? [{ what: writer.leaves, away: false }] : []),
  ].filter((each) => each.what !== "");
}

/** Switches a source on or off; all that are ready is the server's own choice and is not sent. The last one stays. */
export function toggleSource(info: Info, choice: Choice, name: string): Choice {
  const ready = info.sources.filter((source) => source.ready).map((source) => source.name);
  const on = chosenSources(info, choice);
  const next = ready.filter((each) => (each === name ? !on.includes(each) : on.includes(each)));
  if (next.length === 0) return choice;
  return { ...choice, sources: next.length === ready.length ? null : next };
}
