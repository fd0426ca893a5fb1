"""Gaps: what was searched for without finding good evidence, as findings that a human can keep or drop.

A topic that was searched for and that no finding covers is a gap; so is a name, year, version or number of the question
that no finding names. It keeps its id while it stays open; evidence closes it. A gap that a human dropped is not shown
again, and the report does not mention it.
"""

import re

from sayso.language.meaning import LANGUAGE
from sayso.language.names import Name, comparable, names_of
from sayso.language.terms import content, stem, stems, weight
from sayso.language.tongue import language_of
from sayso.protocol.evidence import Finding
from sayso.report.listing import listed
from sayso.report.state import ReportState
from sayso.writers.extractive.reach import FAINT

LONGEST = 40
"""Words from which a question is a story: not all that it names is what it asks for."""


def settle_gaps(state: ReportState, *, searched: bool) -> None:
    """Open and close gaps after this round's search; safe to run again.

    Args:
        searched: a source has answered. When none did, nothing is known of what it has.
    """
    gaps = [gap for gap in state.gaps if gap.round < state.round]
    known = {gap.topic for gap in gaps}
    wanted: list[tuple[str, str]] = []
    if searched:
        for topic in searched_topics(state):
            if not covered(topic, state.findings, state):
                near = ", only what comes near to it" if _is_approached(topic, state) else ""
                wanted.append((topic, f"No good evidence was found on “{topic}”{near}."))
        if state.findings:
            wanted += [(f"“{name.text}”", _unnamed(name, state)) for name in missing_names(state)]
    for topic, claim in wanted:
        if topic not in known and not any(topic.strip("“”").casefold() in other.casefold() for other in known):
            id = f"g{len(gaps) + 1}"
            gaps.append(Finding(id=id, kind="gap", claim=claim, topic=topic, round=state.round, quotes=[]))
            known.add(topic)
    state.gaps = gaps
    lacking = {f"“{name.text}”" for name in missing_names(state)}
    state.closed = [
        gap.id
        for gap in gaps
        if (gap.topic not in lacking if gap.topic.startswith("“") else covered(gap.topic, state.findings, state))
    ]


def missing_names(state: ReportState) -> list[Name]:
    """What the question and the searched feedback name and no finding does, nor, of a person or a place,
    the passage that one was taken from."""
    texts = [state.question, *(wish for given in state.feedback for wish in given.read.search)]
    held = [contexts(finding, state) for finding in state.findings]
    around = [_passages(finding, state) for finding in state.findings]
    small = set(re.findall(r"\w+", " ".join(texts)))
    return [
        name
        for text in texts
        if len(text.split()) <= LONGEST
        for name in names_of(text, language_of(text))
        # "CHOOSE", of somebody who writes "choose" elsewhere, is no name.
        if not (name.text.isupper() and name.text.lower() in small)
        and state.may_say(name.text)
        # Whom a letter is to it says once; of the years and settings in a text only one is that of a sentence.
        and not any(name.named_in(*each) for each in ([*held, *around] if name.is_proper else held))
    ]


def contexts(finding: Finding, state: ReportState) -> tuple[list[str], list[str]]:
    """What a finding says and where it stands, as names are compared: its quotes with their leads, headings, titles and
    dates."""
    sources = {source.id: source for source in state.sources}
    parts = []
    for quote in finding.quotes:
        source, place = sources[quote.source], quote.place
        parts += [source.title, source.date or "", source.uri, place.heading or "", place.lead or "", quote.text]
    text = " \n ".join(filter(None, parts))
    return comparable(text, language_of(state.question))


def _passages(finding: Finding, state: ReportState) -> tuple[list[str], list[str]]:
    """The passages that a finding was taken from, in the same way."""
    return comparable(" \n ".join(state.passages.get(finding.id, [])), language_of(state.question))


def _unnamed(name: Name, state: ReportState) -> str:
    titles = list(dict.fromkeys(source.title for source in state.sources))
    found = f" What was found is from {listed([f'“{title}”' for title in titles], most=4)}." if titles else ""
    return f"Nothing that was found names “{name.text}”.{found}"


def covered(topic: str, findings: list[Finding], state: ReportState) -> bool:
    """Whether a finding that is more than near to it was found under `topic` or for it too, or one quotes all that the
    topic names."""
    faint = FAINT if language_of(state.question) == LANGUAGE else 0.0
    if any(finding.match is None or finding.match >= faint for finding in _of(topic, findings, state)):
        return True
    named = frozenset(stem(word) for word in content(topic) if weight(word) >= 1)
    return bool(named) and any(named <= stems(quote.text) for finding in findings for quote in finding.quotes)


def _is_approached(topic: str, state: ReportState) -> bool:
    """Whether something was found under it, however faint its match."""
    return bool(_of(topic, state.findings, state))


def _of(topic: str, findings: list[Finding], state: ReportState) -> list[Finding]:
    return [each for each in findings if topic in (state.topics.get(each.id), *state.covers.get(each.id, []))]


def searched_topics(state: ReportState) -> list[str]:
    """The topics of this run's searches, oldest first, that may be named."""
    searches = [search for search in state.searches if search.round >= state.first_round]
    topics = list(dict.fromkeys(search.query.topic for search in searches if search.query.topic))
    return [topic for topic in topics if state.may_say(topic)]
