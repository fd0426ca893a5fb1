import type { Step } from "@/state/run";
import { runText as words } from "@/strings";

/** "12 of 40", unless the step says so itself. */
export function ticksOf(step: Step): string {
  if (step.done === null || step.total === null || step.total === 0) return "";
  return new RegExp(`\\b${step.done}\\b`).test(step.text) ? "" : words.of(step.done, step.total);
}
