import { ConflictBlock } from "@/components/conflict";
import type { Report } from "@/protocol";
import { reportText as words } from "@/strings";
import { sourcesOf } from "./basis";

/** Where the approved evidence disagrees: said before the text, which may rest on either. */
export function Conflicts({ report }: { report: Report }) {
  if (report.conflicts.length === 0) return null;
  return (
    <>
      <h2 id="conflicts">{words.conflicts}</h2>
      {report.conflicts.map((conflict) => (
        <ConflictBlock
          key={conflict.findings.join(" ")}
          why={conflict.why}
          claims={report.findings
            .filter((finding) => conflict.findings.includes(finding.id))
            .map((finding) => ({
              id: finding.id,
              text: (
                <>
                  {finding.claim}{" "}
                  {sourcesOf(finding, report).map((source) => (
                    <a key={source.n} href={`#source-${source.n}`} aria-label={`[${source.n}] ${source.title}`}>
                      [{source.n}]
                    </a>
                  ))}
                </>
              ),
            }))}
        />
      ))}
    </>
  );
}
