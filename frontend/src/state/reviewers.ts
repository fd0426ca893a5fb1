import type { Info, Names } from "@/protocol";
import type { Choice } from "./ask";

/** Whoever would be asked to decide, as the server is set; an older one does not say. */
function usualReviewers(info: Info, choice: Choice): string[] {
  return info.workflows.find((flow) => flow.name === (choice.workflow ?? "report"))?.reviewers ?? [];
}

/** Who is asked to decide about what is being asked; nobody in particular, if there is nobody. */
export function reviewersOf(info: Info, choice: Choice): string[] {
  return choice.reviewers ?? usualReviewers(info, choice);
}

/** Asks these; the server's own choice is not sent. */
export function withReviewers(info: Info, choice: Choice, names: string[]): Choice {
  const usual = usualReviewers(info, choice);
  const same = names.length === usual.length && names.every((name) => isIn(name, usual));
  return { ...choice, reviewers: same ? null : names };
}

/** Who can be asked beside those who are. */
export function othersOf(names: Names, asked: readonly string[]): Names {
  const left = (all: string[]): string[] => all.filter((name) => !isIn(name, asked));
  return { groups: left(names.groups), people: left(names.people) };
}

function isIn(name: string, names: readonly string[]): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}
