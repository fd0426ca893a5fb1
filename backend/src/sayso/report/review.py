"""What a round came to, in the words of the review: how feedback was used, what is missing, what to decide."""

from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import FeedbackUse, Finding, ReviewData
from sayso.report.state import Hits, Outcome, ReportState
from sayso.writing.aspects import excluded
from sayso.writing.terms import content, stem, stems, weight
from sayso.writing.writer import Feedback

BARE_NO = "No"
"""How a rejection without words is listed."""


def settle_round(state: ReportState, hits: list[Hits]) -> None:
    """Write down what this round came to, and bring back what was set aside when nothing new was found."""
    fresh = [finding for finding in state.findings if finding.round == state.round]
    latest = next((item for item in state.feedback if item.round == state.round - 1), None)
    back = latest is not None and not fresh and not latest.text
    if back:
        state.verdicts = {id: "kept" if verdict == "aside" else verdict for id, verdict in state.verdicts.items()}
    used = [FeedbackUse(feedback=latest.text or BARE_NO, what_was_done=_done(state, latest))] if latest else []
    outcome = Outcome(round=state.round, feedback_used=used, not_found=_missing(state, hits))
    state.outcomes = [each for each in state.outcomes if each.round < state.round] + [outcome]


def review_data(state: ReportState) -> ReviewData:
    """The review of this round."""
    findings = state.shown()
    return ReviewData(
        kind="research_review",
        round=state.round,
        question=state.question,
        findings=findings,
        sources=state.quoted(findings),
        feedback_used=[use for outcome in state.outcomes for use in outcome.feedback_used],
        not_found=state.outcome().not_found,
        response_schema=DECISION_SCHEMA,
    )


def not_approved(state: ReportState, kept: list[str]) -> list[str]:
    """What a report on the `kept` findings has to say about what it lacks, one sentence each."""
    evidence = [finding for finding in state.findings if finding.id in kept]
    topics = [topic for topic in _topics(state) if not _covered(topic, evidence, state)]
    found = set(state.topics.values())
    lines = [f"None of the approved evidence is on “{topic}”." for topic in topics if topic in found]
    return list(dict.fromkeys([*state.outcome().not_found, *lines]))


def _done(state: ReportState, latest: Feedback) -> str:
    searches = [search.query for search in state.searches if search.round == state.round]
    fresh = [finding for finding in state.findings if finding.round == state.round]
    named = [query for query in searches if query.feedback == latest.round]
    said: list[str] = []
    if searches:
        texts = _listed([f"“{query.text}”" for query in named or searches], most=4)
        said.append(f"Searched for {texts}" if named else f"Searched wider, for {texts}")
    else:
        said.append("There was nothing left to search for that had not been searched before")
    said.append(_new(len(fresh)))
    sentences = ["; ".join(said) + "."]
    topics = dict.fromkeys(query.topic for query in named)
    empty = [topic for topic in topics if topic not in {state.topics.get(finding.id) for finding in fresh}]
    if fresh and empty:
        sentences.append(f"Nothing was found on {_listed([f'“{topic}”' for topic in empty])}.")
    unwanted = excluded([latest])
    if unwanted:
        sentences.append("What you did not want was left out.")
    if "dropped" in state.verdicts.values():
        sentences.append("What you dropped stays out.")
    aside = [id for id, verdict in state.verdicts.items() if verdict == "aside"]
    if aside and fresh:
        sentences.append("What was shown before is set aside.")
    elif not fresh and not latest.text:
        sentences.append("What was shown before is shown again, for you to approve or drop.")
    return " ".join(sentences)


def _new(count: int) -> str:
    return {0: "nothing new was found", 1: "one finding is new"}.get(count, f"{count} findings are new")


def _missing(state: ReportState, hits: list[Hits]) -> list[str]:
    lines = [f"{title} could not be searched: {why.rstrip('.')}." for title, why in state.failed_sources.items()]
    lines += [
        f"No good evidence was found on “{topic}”."
        for topic in _topics(state)
        if topic not in state.topics.values() and not _covered(topic, state.findings, state)
    ]
    passages = {id(passage): passage for each in hits for passage in each.passages}.values()
    read = stems(" ".join(f"{passage.title} {passage.place.heading or ''} {passage.text}" for passage in passages))
    known = stems(" ".join(quote.text for finding in state.findings for quote in finding.quotes))
    if read and state.round == 1 and state.findings:
        for word in content(state.question):
            if weight(word) >= 1 and stem(word) not in read | known:
                lines.append(f"No passage that was read mentions “{word}”.")
    return lines


def _topics(state: ReportState) -> list[str]:
    return list(dict.fromkeys(search.query.topic for search in state.searches if search.query.topic))


def _covered(topic: str, findings: list[Finding], state: ReportState) -> bool:
    """Whether a finding was found under `topic`, or quotes all that the topic names."""
    if any(state.topics.get(finding.id) == topic for finding in findings):
        return True
    named = frozenset(stem(word) for word in content(topic) if weight(word) >= 1)
    return bool(named) and any(named <= stems(quote.text) for finding in findings for quote in finding.quotes)


def _listed(items: list[str], most: int = 20) -> str:
    items = list(dict.fromkeys(items))
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
