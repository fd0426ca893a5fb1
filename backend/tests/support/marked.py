"""Findings out of texts in which the sentence that carries the claim stands in double brackets."""

from sayso.gate.conflicts import conflicts
from sayso.protocol.evidence import Conflict, Finding, Place, Quote, Source


def finding(id: str, source: str, text: str, heading: str | None = None) -> Finding:
    """A finding with the whole of `text` as its quote."""
    start, end = text.index("[["), text.index("]]") - 2
    plain = text.replace("[[", "").replace("]]", "")
    quote = Quote(text=plain, source=source, marked=(start, end), place=Place(heading=heading))
    return Finding(id=id, claim=plain[start:end], quotes=[quote])


def between(
    one: str, other: str, *, same: bool = False, headings: tuple[str | None, str | None] = (None, None)
) -> list[Conflict]:
    """The conflicts of two findings of two documents, or of one if they are of the `same`."""
    sources = [Source(id=f"s{n}", kind="library", title="Notes", uri=f"{n}.md") for n in (1, 2)]
    pair = [finding("f1", "s1", one, headings[0]), finding("f2", "s1" if same else "s2", other, headings[1])]
    return conflicts(pair, sources)
