"""A passage with what stands around it in its document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`before + text + after` is one stretch of the document's text."""

    uri: str
    title: str
    before: str
    text: str
    after: str


def excerpt(uri: str, title: str, document: str, offset: int, length: int, around: int) -> Excerpt | None:
    """The passage `document[offset : offset + length]` with up to `around` characters on each side, cut at a space.

    None if the document does not reach that far: it has changed since.
    """
    end = offset + length
    if min(offset, length, around) < 0 or end > len(document):
        return None
    first, last = max(0, offset - around), min(len(document), end + around)
    if first > 0:
        first = document.find(" ", first, offset) + 1 or first
    if last < len(document):
        last = max(document.rfind(" ", end, last), end)
    return Excerpt(uri, title, document[first:offset], document[offset:end], document[end:last])
