"""The review as Markdown that reads well in a terminal. Source text is escaped: it can neither format, link, nor bring
HTML along."""

from sayso.exports.markdown import escape, evidence, report_markdown
from sayso.protocol.decisions import with_name
from sayso.protocol.evidence import Change, Finding, Mark, Quote, Source
from sayso.protocol.review import ReviewData

ABOUT_EVIDENCE = """\
Approve to have the report written from this evidence, or reject and say what is missing. Words are read:
“drop f2”, “nothing about X”, “only 2024 and later”, “shorter”. As fields: `drop`, `leave_out`, `search`, `limits`."""
ABOUT_REPORT = """\
Approve to release this report, or reject and say what to change: “shorter: five sentences”, “nothing about X”.
As fields: `text` (strike, replace, confirm, before, after or comment, by unit), `leave_out`, `note`."""
ONLY_NEAR = """\
Nothing that was found surely answers this; these passages come nearest. If none does, reject and say it in a word
that the documents would use."""
_STATUS = {"found_nothing": "found nothing", "not_possible": "not possible", "not_understood": "not understood"}


def review_markdown(review: ReviewData) -> str:
    """What a human is asked, for clients that only print."""
    if review.report is not None:
        told = [*_account(review), *_changed(review), ABOUT_REPORT]
        return f"{report_markdown(review.report)}\n---\n\n" + "\n\n".join(told) + "\n"
    gaps = [finding for finding in review.findings if finding.kind == "gap"]
    evidence = [finding for finding in review.findings if finding.kind == "evidence"]
    blocks = [f"# {escape(review.question)}", f"Round {review.round}: {_counted(evidence)}"]
    if review.parent is not None:
        blocks.append(f"Revises “{escape(review.parent.title)}”.")
    blocks += _account(review)
    if review.left_out:
        blocks.append(f"Left out: {escape(', '.join(review.left_out))}")
    sources = {source.id: source for source in review.sources}
    earlier = [finding for finding in evidence if finding.state == "kept"]
    fresh = [finding for finding in evidence if finding.state == "new"]
    only_near = all(finding.near for finding in fresh)
    if fresh and only_near:
        blocks.append(ONLY_NEAR)
    for title, findings in (("New" if earlier else "Findings", fresh), ("Kept from earlier rounds", earlier)):
        if findings:
            blocks.append(f"## {title}")
            blocks.extend(_finding(finding, sources, tells_near=not only_near) for finding in findings)
    if review.conflicts:
        blocks.append("## These cannot both be right")
        blocks.append("\n".join(f"- {escape(conflict.why)}" for conflict in review.conflicts))
    if gaps or review.not_found:
        blocks.append("## Not found")
        lines = [f"**{gap.id}** {escape(gap.claim)}" for gap in gaps] + list(map(escape, review.not_found))
        blocks.append("\n".join(f"- {line}" for line in lines))
    if review.gone:
        blocks.append("## Not shown any more")
        why = {"dropped": "dropped", "aside": "set aside"}
        lines = [f"**{each.id}** {escape(each.claim)} ({why[each.why]})" for each in review.gone]
        blocks.append("\n".join(f"- {line}" for line in lines))
    blocks.append(ABOUT_EVIDENCE)
    return "\n\n".join(blocks) + "\n"


def _account(review: ReviewData) -> list[str]:
    """What was done about each item of the decisions before."""
    lines = []
    for use in review.feedback_used:
        status = f"({_STATUS[use.status]}) " if use.status in _STATUS else ""
        lines.append(f"> **{escape(use.feedback)}** {status}{escape(use.what_was_done)}")
    return lines


def _changed(review: ReviewData) -> list[str]:
    """What is other in a text than in the version before it."""
    lines = [f"- {escape(each.was) or '(nothing)'} → {_now(each)}".replace("\n", " ") for each in review.changes]
    return ["## Changed", "\n".join(lines)] if lines else []


def _now(change: Change) -> str:
    return "(moved)" if change.was == change.text else escape(change.text) or "(struck)"


def _counted(findings: list[Finding]) -> str:
    if not findings:
        return "no findings"
    new = sum(finding.state == "new" for finding in findings)
    count = f"{len(findings)} finding{'s' * (len(findings) > 1)}"
    return count if new == len(findings) else f"{count}, {new or 'none'} of them new"


def _finding(finding: Finding, sources: dict[str, Source], *, tells_near: bool) -> str:
    lines = [f"**{finding.id}** {escape(finding.claim)}"]
    if finding.reworded:
        by = with_name("Reworded", finding.reworded.by, finding.reworded.verified)
        lines.append(f"{escape(by)}; it was: {escape(finding.reworded.was)}")
    if finding.mark is Mark.TRANSLATED:
        lines.append("Translated from the quote, meaning not checked.")
    if finding.near and tells_near:
        lines.append("Only near to what was asked.")
    if finding.by_words:
        lines.append("Found by words; the model left it out.")
    if finding.agreeing > 1:
        lines.append(f"{finding.agreeing} sources say so.")
    for quote in finding.quotes:
        lines.append(evidence(quote))
        lines.append(f"{finding.id} is from {_where(quote, sources[quote.source])}")
    return "\n\n".join(lines)


def _where(quote: Quote, source: Source) -> str:
    parts = [source.title]
    if quote.place.heading and quote.place.heading != source.title:
        parts.append(quote.place.heading)
    if quote.place.page:
        parts.append(f"page {quote.place.page}")
    date = f", {source.date}" if source.date else ""
    date += ", superseded" if source.superseded else ""
    return f"{escape(' › '.join(parts))} ({escape(source.uri)}{date})"
