"""What a link of a run's record is about, in a line; and what a record proves."""

from typing import Any

from sayso.protocol.decisions import in_words, with_name
from sayso.protocol.record import RecordLink
from sayso.record.run import EARLIER

PROVES = (
    "It proves that what each link holds was not changed, left out or moved since the link was made, except by "
    "somebody who could write to the database and made it and all links behind it anew. Whoever noted the record's "
    "last hash at some time, as each report does, can see that too (--head)."
)
PROVES_NOT = (
    "It does not prove that a person is who the name says, that a source is right, or that anybody read what was "
    "shown. It is evidence that a human was asked and decided, and no legal claim. Progress, drafts, reminders and the "
    "stored passages around quotes are not in it."
)
NO_HEAD = "Whether links are missing at its end cannot be seen from the file alone: --head takes a hash that you noted."
FROM_EARLIER = "Its first link was made later than what it holds, by a newer version: it proves nothing about before."
NOT_OVER = "The run was not over when the record was saved."


def told(link: RecordLink) -> str:
    """A link in a line. Text from the file is as it is there: not fit to print yet."""
    content = link.content if isinstance(link.content, dict) else {}
    found = content.get("data")
    data: dict[str, Any] = found if isinstance(found, dict) else {}
    match link.kind:
        case "start":
            asked = with_name("Asked", _text(content.get("by")), content.get("verified") is True)
            said = f"{asked}: {_text(content.get('question'))}"
        case "earlier":
            said = f"What the log held before: {_count(content.get('entries'), 'entry', 'entries')}"
        case "shown":
            said = _shown(data)
        case "decided":
            said = _decided(data)
        case "expired":
            said = "Nobody decided in time"
        case "written":
            said = ": ".join(filter(None, ["Written", _text(data.get("title"))]))
        case "failed":
            said = f"Failed: {_text(content.get('payload'))}"
        case "cancelled":
            said = with_name("Cancelled", _text(data.get("by")), _verified(data))
        case kind:
            said = kind
    return said


def _shown(data: dict[str, Any]) -> str:
    if isinstance(data.get("report"), dict):
        return "Shown: the finished text"
    evidence = [each for each in _list(data.get("findings")) if isinstance(each, dict) and each.get("kind") != "gap"]
    return f"Shown, round {data.get('round')}: {_count(evidence, 'finding')}" if evidence else "Shown: a question"


def _decided(data: dict[str, Any]) -> str:
    said = in_words(data.get("response"), _text(data.get("by")), _verified(data))
    kept = data.get("keep")
    return f"{said}, kept {', '.join(map(str, kept)) or 'nothing'}" if isinstance(kept, list) else said


def _verified(data: dict[str, Any]) -> bool | None:
    """Whether a name is that of somebody who had signed in; of an earlier version's nothing is said."""
    verified = data.get("verified")
    return verified if isinstance(verified, bool) else None


def begins_later(links: list[RecordLink]) -> bool:
    """Whether what the run did first was recorded afterwards."""
    return bool(links) and links[0].kind == EARLIER


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _count(value: object, noun: str, plural: str = "") -> str:
    number = len(_list(value))
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
