"""What an extractive report is written from."""

from typing import Any

from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.writers.port import WritingBrief

QUESTION = "When does VACUUM FULL lock a table?"


def brief_of(texts: dict[str, list[str]], **more: Any) -> WritingBrief:
    """A brief with one finding a quote, marked at its first sentence."""
    findings: list[Finding] = []
    sources: list[Source] = []
    numbers: dict[str, int] = {}
    for number, (title, quotes) in enumerate(texts.items(), start=1):
        sources.append(Source(id=f"s{number}", kind="library", title=title, uri=f"{number}.html"))
        numbers[f"s{number}"] = number
        for text in quotes:
            marked = (0, text.index(".") + 1)
            quote = Quote(text=text, source=f"s{number}", marked=marked, place=Place(heading=f"About {title}"))
            findings.append(Finding(id=f"f{len(findings) + 1}", claim=text[slice(*marked)], quotes=[quote]))
    return WritingBrief(question=QUESTION, findings=findings, sources=sources, numbers=numbers, **more)


async def silent(section: str, text: str) -> None:
    pass
