import type { Rich } from "@/components/clipboard";
import { clockMoment } from "@/components/clock";
import type { Report, Sentence } from "@/protocol";
import { blocksOf, type Shown } from "@/state/blocks";
import { headingOf, subtitleOf } from "@/state/title";
import { markOf, marksText, nameOf, stampText, reportText as words } from "@/strings";
import { readingOf } from "./reading";

/** What is pasted is read elsewhere, where nobody knows how people sign in here: names are told apart, as in files. */
const ELSEWHERE = true;

/** A report to be pasted: as HTML that text programs keep the form of, and as plain text. Both cite by number. */
export function richOf(report: Report): Rich {
  const subtitle = subtitleOf(report);
  const parts = [
    tagged("h1", headingOf(report)),
    ...(subtitle === "" ? [] : [tagged("p", subtitle)]),
    ...report.approvals.map((approval) => {
      const what = approval.kind === "report" ? stampText.released : stampText.approved;
      return tagged("p", `${what}: ${nameOf(approval, ELSEWHERE)}, ${clockMoment(approval.at)}`);
    }),
    ...marksOf(report),
    ...headed(words.summary, blocksOf(report.summary, report.summary_blocks).flatMap(blockOf)),
    ...headed(
      words.conflicts,
      report.conflicts.map(({ findings, why }) => conflictOf(report, findings, why)),
    ),
    ...report.sections.flatMap(({ heading, sentences, blocks }) =>
      headed(heading, blocksOf(sentences, blocks).flatMap(blockOf)),
    ),
    ...headed(words.notFound, report.not_found.length === 0 ? [] : [listOf(report.not_found.map(plain), false)]),
    ...headed(words.sources, report.sources.length === 0 ? [] : [sourcesOf(report)]),
  ];
  return { html: parts.map(({ html }) => html).join("\n"), text: `${parts.map(({ text }) => text).join("\n\n")}\n` };
}

function headed(heading: string, parts: Rich[]): Rich[] {
  return parts.length === 0 || heading === "" ? parts : [tagged("h2", heading), ...parts];
}

/** "12 quoted, 1 reworded": how the units stand to their quotes, where the report says it. */
function marksOf(report: Report): Rich[] {
  const counts = new Map<string, number>();
  for (const unit of readingOf(report).units) {
    const mark = markOf(unit, ELSEWHERE);
    if (mark !== "") counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return counts.size === 0 ? [] : [tagged("p", [...counts].map(([mark, number]) => `${number} ${mark}`).join(", "))];
}

function conflictOf(report: Report, findings: string[], why: string): Rich {
  const claims = report.findings.filter((finding) => findings.includes(finding.id)).map((finding) => finding.claim);
  return tagged("p", `${claims.join(" / ")} (${why})`);
}

function blockOf({ block, lead, units }: Shown): Rich[] {
  const before = lead === null ? [] : [wrapped("p", unitOf(lead))];
  switch (block.kind) {
    case "list":
      return [...before, listOf(units.map(unitOf), block.ordered)];
    case "table":
      return [...before, tableOf(block.header, block.rows, units)];
    case "code":
      return [...before, ...units.flatMap(codeOf)];
    default:
      return [...before, wrapped("p", joined(units.map(unitOf), " "))];
  }
}

/** A unit with its numbers, and with its mark where its wording is not its quote's. */
function unitOf(unit: Sentence): Rich {
  const noted = notesOf(unit);
  return { html: escaped(unit.text) + noted.html, text: unit.text + noted.text };
}

function notesOf(unit: Sentence): Rich {
  const { citations, mark, original, judged } = unit;
  const said = [
    citations.map((n) => `[${n}]`).join(""),
    mark === null || mark === "quoted" || mark === "same" || original !== "" ? "" : `(${markOf(unit, ELSEWHERE)})`,
    original === "" ? "" : `(${marksText.translation(judged)} “${original}”)`,
  ].filter((each) => each !== "");
  if (said.length === 0) return { html: "", text: "" };
  return { html: `<sup>${escaped(said.join(" "))}</sup>`, text: ` ${said.join(" ")}` };
}

function listOf(items: Rich[], ordered: boolean): Rich {
  const tag = ordered ? "ol" : "ul";
  return {
    html: `<${tag}>${items.map(({ html }) => `<li>${html}</li>`).join("")}</${tag}>`,
    text: items.map(({ text }, index) => `${ordered ? `${index + 1}.` : "-"} ${text}`).join("\n"),
  };
}

function tableOf(header: string[], rows: string[][], units: Sentence[]): Rich {
  const cells = (tag: string, row: Rich[]): string =>
    `<tr>${row.map(({ html }) => `<${tag}>${html}</${tag}>`).join("")}</tr>`;
  const body = units.map((unit, index) => {
    const row = (rows[index] ?? [unit.text]).map(plain);
    const [last = plain(""), noted] = [row.pop(), notesOf(unit)];
    return [...row, { html: last.html + noted.html, text: last.text + noted.text }];
  });
  const head = header.some((cell) => cell !== "") ? [header.map(plain)] : [];
  return {
    html:
      `<table border="1"><thead>${head.map((row) => cells("th", row)).join("")}</thead>` +
      `<tbody>${body.map((row) => cells("td", row)).join("")}</tbody></table>`,
    text: [...head, ...body].map((row) => row.map(({ text }) => text).join("\t")).join("\n"),
  };
}

function codeOf(unit: Sentence): Rich[] {
  const noted = notesOf(unit);
  const code = { html: `<pre><code>${escaped(unit.text)}</code></pre>`, text: unit.text };
  return noted.text === "" ? [code] : [code, { html: `<p>${noted.html}</p>`, text: noted.text.trim() }];
}

function sourcesOf({ sources }: Report): Rich {
  const lines = sources.map(({ title, uri, date }) => [
    title,
    ...(uri === title ? [] : [uri]),
    ...(date === null ? [] : [date]),
  ]);
  return {
    html: `<ol>${lines.map((line, index) => `<li value="${sources[index]?.n}">${escaped(line.join(", "))}</li>`).join("")}</ol>`,
    text: lines.map((line, index) => `[${sources[index]?.n}] ${line.join(", ")}`).join("\n"),
  };
}

function joined(parts: Rich[], by: string): Rich {
  return { html: parts.map(({ html }) => html).join(by), text: parts.map(({ text }) => text).join(by) };
}

function wrapped(tag: string, { html, text }: Rich): Rich {
  return { html: `<${tag}>${html}</${tag}>`, text };
}

function tagged(tag: string, text: string): Rich {
  return wrapped(tag, plain(text));
}

function plain(text: string): Rich {
  return { html: escaped(text), text };
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Nothing from a source is ever HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
