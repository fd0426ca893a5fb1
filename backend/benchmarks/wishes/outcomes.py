"""What a reading makes of what was said: right, unsure, wrong, or the opposite of what was meant."""

from typing import Literal

from benchmarks.wishes.said import Said
from sayso.language.mention import Mention
from sayso.language.stopwords import STOP_WORDS
from sayso.language.terms import stem, words
from sayso.protocol.evidence import Finding, Quote, Source
from sayso.wishes.reading import Prose
from sayso.wishes.shown import Shown

Outcome = Literal["right", "unsure", "wrong", "inverted"]
SHOWN = Shown(
    [Finding(id=f"f{at}", claim=f"Claim {at}.", quotes=[Quote(text="...", source=f"s{at}")]) for at in range(1, 7)],
    [Source(id=f"s{at}", kind="library", title=f"Volume {at}", uri=f"volume-{at}.pdf") for at in range(1, 7)],
)


def outcome(said: Said, prose: Prose) -> Outcome:
    """How `prose` stands to what is meant.

    Right is exact: all that is not wanted is left out, named without a word too much, all that is wanted is searched
    for, and nothing else is done. Inverted is a search that names what is not wanted, and leaving out or dropping what
    is wanted or is to stay.
    """
    left_out = [point.value for point in prose.points if point.field == "leave_out"]
    dropped = [point.value for point in prose.points if point.field == "drop"]
    searched = [point.value for point in prose.points if point.field == "search"]
    unwanted, wanted = said.named(said.unwanted), said.named(said.wanted) or [said.text]
    if any(Mention.of(each).named_in(query) for each in unwanted for query in searched):
        return "inverted"
    if said.meaning in ("wanted", "keep", "writing") and (left_out or dropped):
        return "inverted"
    if said.meaning == "both" and any(Mention.of(each).named_in(query) for each in left_out for query in wanted):
        return "inverted"
    if _right(said, prose, unwanted, wanted):
        return "right"
    return "wrong" if prose.points else "unsure"


def _right(said: Said, prose: Prose, unwanted: list[str], wanted: list[str]) -> bool:
    fields = {point.field for point in prose.points}
    values = {field: [point.value for point in prose.points if point.field == field] for field in fields}
    resolved = [(each, SHOWN.resolve(each)) for each in unwanted]
    names = sorted(_words(each, said) for each, known in resolved if known is None)
    ids = sorted(id for _, known in resolved if known for id in known.findings)
    needed = {word for each in wanted for word in _words(each, said)}
    searched = {word for each in values.get("search", []) for word in _words(each, said)}
    leaves_out = sorted(_words(each, said) for each in values.get("leave_out", [])) == names
    leaves_out = leaves_out and sorted(values.get("drop", [])) == ids and fields <= {"leave_out", "drop", "search"}
    match said.meaning:
        case "unwanted":
            return leaves_out and "search" not in fields and not prose.unsure
        case "both":
            return leaves_out and "search" in fields and needed <= searched and not prose.unsure
        case "wanted":
            return fields == {"search"} and needed <= searched and not prose.unsure
        case "writing":
            return fields == {"note"} and not prose.unsure
        case "keep":
            return fields == {"keep"} and not prose.unsure
    return not fields


def _words(text: str, said: Said) -> list[str]:
    """What `text` names: its words without those of grammar, each in one form."""
    return sorted({stem(word) for word in words(text) if word.lower() not in STOP_WORDS[said.language]})
