import { assertNever } from "@/protocol";
import type { Problem } from "@/state/response";
import { count } from "./counting";

export const responseText = {
  numbered: (n: number, all: number): string => (all === 1 ? "Review" : `Review ${n} of ${all}`),
  answer: "Your answer",
  yes: "Yes",
  none: "No answer",
  optional: "optional",
  json: "As JSON",
  lines: "one a line",
  which: "Which answer",
  send: "Send the answer",
  sending: "Sending…",
  wrong: (n: number): string => `Not sent: ${count(n, "field")} to look at again.`,
  details: "Details",
  problem: (problem: Problem): string => {
    switch (problem.kind) {
      case "missing":
        return "This is needed.";
      case "number":
        return problem.integer ? "A whole number, such as 3." : "A number, such as 1.5.";
      case "low":
        return `At least ${problem.limit}.`;
      case "high":
        return `At most ${problem.limit}.`;
      case "short":
        return `At least ${count(problem.limit, "character")}.`;
      case "long":
        return `At most ${count(problem.limit, "character")}.`;
      case "date":
        return "A date, such as 2027-01-31.";
      case "line":
        return `Line ${problem.line}: ${responseText.problem(problem.problem)}`;
      case "choice":
        return `One of ${problem.choices.join(", ")}.`;
      case "json":
        return `This is not JSON yet. ${problem.why}`;
      default:
        return assertNever(problem);
    }
  },
};

export const resultText = {
  region: "Result",
  nothing: "The workflow has finished without a result.",
  data: "As data",
};
