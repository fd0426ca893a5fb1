import type { Finding, RecordedDecision } from "@/protocol";
import { recordOf } from "@/state/record";
import { recordText as words } from "@/strings";

/** What a decision did beside its word, in a line each. */
export function DecisionRecord({
  decision,
  findings,
  className = "",
}: {
  decision: RecordedDecision;
  /** Those that it was about. */
  findings: Finding[];
  className?: string;
}) {
  const record = recordOf(decision, findings);
  const lines = [
    ...some(record.aside > 0, words.aside(record.aside)),
    ...some(record.never > 0, words.never(record.never)),
    ...some(record.search.length > 0, words.search(record.search)),
    ...some(record.leaveOut.length > 0, words.leaveOut(record.leaveOut)),
    ...(record.limits === null ? [] : [words.limits(record.limits.from, record.limits.to, record.limits.sources)]),
    ...some(record.note !== "" && record.note !== decision.feedback, words.note(record.note)),
    ...some(record.added > 0, words.added(record.added)),
    ...some(record.text > 0, words.text(record.text)),
    ...record.unsure.map(words.unsure),
  ];
  return lines.map((line) => (
    <small key={line} className={className} dir="auto">
      {line}
    </small>
  ));
}

function some(is: boolean, line: string): string[] {
  return is ? [line] : [];
}
