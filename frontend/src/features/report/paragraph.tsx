import type { Report, Sentence } from "@/protocol";
import { Cited } from "./citation";

/** Sentences with the numbers of their sources, as one paragraph. */
export function Paragraph({ sentences, report, runId }: { sentences: Sentence[]; report: Report; runId: string }) {
  return (
    <p dir="auto">
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a finished report does not change
        <span key={index}>
          <Cited sentence={sentence} report={report} runId={runId} />{" "}
        </span>
      ))}
    </p>
  );
}
