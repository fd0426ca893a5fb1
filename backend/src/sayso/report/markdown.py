"""Review and report as Markdown that reads well in a terminal. Source text is escaped: it can neither format, link,
nor bring HTML along."""

import re

from sayso.protocol.evidence import Finding, Quote, ReviewData, Source
from sayso.protocol.report import Report, ReportSource, Section

_CODE = re.compile(r"(?<!`)(`[^`\n<>]+`)(?!`)")
_SPECIAL = re.compile(r"[\\`*<>\[\]|~]|(?<![^\W_])_|&(?=#?\w+;)|!(?=\[)")
"""An underscore after a letter could only end an emphasis, and none can begin."""
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}|(\d{1,9})([.)])(?=\s|$))")


def escape(text: str) -> str:
    """One line of `text` that Markdown shows as it is. Pairs of backticks stay code, in which nothing is special."""
    line = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    parts = _CODE.split(line)
    done = [part if at % 2 else _SPECIAL.sub(lambda match: "\\" + match.group(), part) for at, part in enumerate(parts)]
    return _LINE_START.sub(_start, "".join(done))


def _start(match: re.Match[str]) -> str:
    if match.group(3):
        return f"{match.group(1)}{match.group(3)}\\{match.group(4)}"
    return f"{match.group(1)}\\{match.group(2)}"


def review_markdown(review: ReviewData) -> str:
    """The findings of a round, for clients that only print."""
    blocks = [f"# {escape(review.question)}", f"Round {review.round}: {_counted(review.findings)}"]
    for use in review.feedback_used:
        blocks.append(f"> **{escape(use.feedback)}** {escape(use.what_was_done)}")
    sources = {source.id: source for source in review.sources}
    earlier = [finding for finding in review.findings if finding.state == "kept"]
    fresh = [finding for finding in review.findings if finding.state == "new"]
    for title, findings in (("Kept from earlier rounds", earlier), ("New" if earlier else "Findings", fresh)):
        if findings:
            blocks.append(f"## {title}")
            blocks.extend(_finding(finding, sources) for finding in findings)
    if review.not_found:
        blocks.append("## Not found")
        blocks.append("\n".join(f"- {escape(line)}" for line in review.not_found))
    blocks.append("Approve to have the report written from this evidence, or reject and say what is missing.")
    return "\n\n".join(blocks) + "\n"


def report_markdown(report: Report, *, rounds: int) -> str:
    """The report with `[n]` after each sentence and the sources it stands on."""
    blocks = [f"# {escape(report.title)}"]
    for approval in report.approvals:
        total = len(approval.kept) + len(approval.dropped)
        blocks.append(
            f"**Evidence approved by {escape(approval.by)}**, {approval.at:%Y-%m-%d %H:%M} UTC: "
            f"{len(approval.kept)} of {total} findings, round {approval.round}"
        )
    blocks.append(_figures(report, rounds))
    if report.note:
        blocks.append(f"*{escape(report.note)}*")
    blocks.extend(_section(section) for section in report.sections)
    if report.not_found:
        blocks.append("## Not found")
        blocks.append("\n".join(f"- {escape(line)}" for line in report.not_found))
    if report.sources:
        blocks.append("## Sources")
        blocks.extend(_source(source) for source in report.sources)
    if report.removed:
        blocks.append("## Removed by the check")
        blocks.append("\n".join(f"- {escape(each.text)} ({escape(each.why)})" for each in report.removed))
    return "\n\n".join(blocks) + "\n"


def _counted(findings: list[Finding]) -> str:
    if not findings:
        return "no findings"
    new = sum(finding.state == "new" for finding in findings)
    count = f"{len(findings)} finding{'s' * (len(findings) > 1)}"
    return count if new == len(findings) else f"{count}, {new or 'none'} of them new"


def _finding(finding: Finding, sources: dict[str, Source]) -> str:
    lines = [f"**{finding.id}** {escape(finding.claim)}"]
    for quote in finding.quotes:
        lines.append("> " + _marked(quote))
        lines.append(f"{finding.id} is from {_where(quote, sources[quote.source])}")
    return "\n\n".join(lines)


def _marked(quote: Quote) -> str:
    start, end = quote.marked or (0, 0)
    pieces = [quote.text[:start], quote.text[start:end], quote.text[end:]]
    before, marked, after = (escape(piece) for piece in pieces)
    return " ".join(piece for piece in (before, f"**{marked}**" if marked else "", after) if piece)


def _where(quote: Quote, source: Source) -> str:
    parts = [source.title]
    if quote.place.heading and quote.place.heading != source.title:
        parts.append(quote.place.heading)
    if quote.place.page:
        parts.append(f"page {quote.place.page}")
    return f"{escape(' › '.join(parts))} ({escape(source.uri)})"


def _figures(report: Report, rounds: int) -> str:
    gate = report.gate
    supported = "all supported" if gate.supported == gate.sentences else f"{gate.supported} supported"
    figures = [f"{gate.sentences} sentence{'s' * (gate.sentences != 1)}" + (f", {supported}" if gate.sentences else "")]
    if gate.removed:
        figures.append(f"{gate.removed} removed by the check")
    if gate.citations_removed:
        figures.append(f"{gate.citations_removed} citation{'s' * (gate.citations_removed > 1)} removed")
    figures.append(f"{len(report.sources)} source{'s' * (len(report.sources) != 1)}")
    figures.append(f"{rounds} round{'s' * (rounds != 1)}")
    figures.append(report.writer if not report.model else f"{report.writer}, {escape(report.model)}")
    return " · ".join(figures)


def _section(section: Section) -> str:
    text = " ".join(
        f"{escape(sentence.text)} {''.join(f'[{number}]' for number in sentence.citations)}"
        for sentence in section.sentences
    )
    return f"## {escape(section.heading)}\n\n{text}"


def _source(source: ReportSource) -> str:
    lines = [f"[{source.n}] **{escape(source.title)}**, {escape(source.uri)}"]
    lines.extend("> " + escape(quote) for quote in source.quotes)
    return "\n\n".join(lines)
