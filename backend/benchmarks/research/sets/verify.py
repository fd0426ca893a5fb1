"""`python -m benchmarks.research.sets.verify`: is every set what README.md says, and true of the installed collections?

Ends with 1 and says each fault, else with 0.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.research.sets.terms import POSTGRESQL, index_terms

HERE = Path(__file__).parent
COLLECTIONS = {
    "postgresql": POSTGRESQL,
    "handbook": Path("/usr/share/doc/debian-handbook/html/en-US"),
    "python": Path("/usr/share/doc/python3.11/html"),
}
ABOUT_TERMS = range(800, 901)
"""Another release of the manual has some terms more or fewer."""

_BLOCKS = {"p", "div", "li", "tr", "td", "th", "dt", "dd", "pre", "br", "ul", "table", "h1", "h2", "h3", "h4", "h5"}

Entry = dict[str, Any]
Group = Callable[[Entry], object]


def plain(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def page_text(source: str) -> str:
    """What a reader sees of a page: blocks apart, inline tags gone."""
    root = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.xpath("//head | //script | //style"):
        element.drop_tree()
    parts: list[str] = []
    for event, element in _walk(root):
        if element.tag in _BLOCKS:
            parts.append(" ")
        parts.append((element.text if event == "start" else element.tail) or "")
    return plain("".join(parts))


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(element.tag, str):
        yield "end", element
        return
    yield "start", element
    for child in element:
        yield from _walk(child)
    yield "end", element


@cache
def collection(name: str) -> dict[str, str]:
    """Path of a page below the folder -> its text. Raises OSError where the package is not installed."""
    folder = COLLECTIONS[name]
    paths = sorted(folder.rglob("*.html"))
    pages = {path.relative_to(folder).as_posix(): page_text(path.read_text("utf-8")) for path in paths}
    if not pages:
        raise OSError(f"{folder} has no pages: install the package that README.md names")
    return pages


def document_text(document: Entry) -> str:
    """The text of one of the small documents, whatever its format."""
    if "blocks" not in document:
        return page_text(document["text"]) if document["format"] == "html" else plain(document["text"])
    parts: list[str] = []
    for block in document["blocks"]:
        if block["type"] == "table":
            parts += [cell for row in block["rows"] for cell in row]
        else:
            parts += block["items"] if block["type"] == "list" else [block["text"]]
    return plain(" ".join(parts))


def load(name: str) -> list[Entry]:
    entries: list[Entry] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return entries


def numbers(name: str, entries: list[Entry], sizes: dict[object, int], group: Group) -> Iterator[str]:
    """Faults of a set as a whole: its size by part, its ids, its halves."""
    parts = Counter(group(entry) for entry in entries)
    if parts != sizes:
        yield f"{name}: has {dict(parts)}, not {sizes}"
    for identity, count in Counter(entry["id"] for entry in entries).items():
        if count > 1:
            yield f"{name}: {identity} is there {count} times"
    for part in (None, *parts):
        halves = Counter(entry["half"] for entry in entries if part is None or group(entry) == part)
        if set(halves) - {"tune", "held"} or abs(halves["tune"] - halves["held"]) > 1:
            yield f"{name}: halves of {'all' if part is None else part} are {dict(halves)}"


def answers(where: str, question: str, wanted: list[str], texts: list[str]) -> Iterator[str]:
    """Faults of one question: every answer is in a text, none is in the question."""
    if not 1 <= len(wanted) <= 4:
        yield f"{where}: {len(wanted)} answers"
    for answer in wanted:
        if not answer or plain(answer) != answer:
            yield f"{where}: {answer!r} is not normalised"
        if answer.casefold() in question.casefold():
            yield f"{where}: {answer!r} is in its question"
        if not any(answer in text for text in texts):
            yield f"{where}: {answer!r} is in no right text"


def over_collection(name: str, size: int) -> Iterator[str]:
    entries = load(name)
    yield from numbers(name, entries, {True: size // 2, False: size // 2}, lambda entry: entry["paraphrased"])
    yield from on_pages(entries, collection(name))


def everyday() -> Iterator[str]:
    sizes: dict[object, int] = {(name, other): 15 for name in ("postgresql", "python") for other in (False, True)}
    entries = load("everyday")
    yield from numbers("everyday", entries, sizes, lambda entry: (entry["library"], entry["paraphrased"]))
    yield from on_their_pages(entries)


def stories() -> Iterator[str]:
    entries = load("stories")
    yield from numbers("stories", entries, {"postgresql": 16, "handbook": 8}, lambda entry: entry["library"])
    yield from on_their_pages(entries)


def on_their_pages(entries: list[Entry]) -> Iterator[str]:
    for name in {entry["library"] for entry in entries}:
        yield from on_pages([entry for entry in entries if entry["library"] == name], collection(name))


def on_pages(entries: Iterable[Entry], pages: dict[str, str]) -> Iterator[str]:
    for entry in entries:
        right = {page: pages.get(page, "") for page in entry["pages"]}
        if not 1 <= len(right) <= 4:
            yield f"{entry['id']}: {len(right)} pages"
        for page, text in right.items():
            if not any(answer in text for answer in entry["answers"]):
                yield f"{entry['id']}: {page} is not there or has no answer"
        yield from answers(entry["id"], entry["question"], entry["answers"], list(right.values()))


def unanswerable() -> Iterator[str]:
    entries = load("unanswerable")
    sizes: dict[object, int] = {"year": 5, "model": 5, "country": 4, "version": 4, "name": 4, "rest": 8}
    yield from numbers("unanswerable", entries, sizes, lambda entry: entry["kind"])
    for entry in entries:
        documents = entry.get("documents") or collection(entry["library"])
        texts = [plain(text) for text in (*documents, *documents.values())]
        if entry["missing"].casefold() not in entry["question"].casefold():
            yield f"{entry['id']}: {entry['missing']!r} is not asked for"
        if any(entry["missing"].casefold() in text.casefold() for text in texts):
            yield f"{entry['id']}: {entry['missing']!r} is in the library"
        if entry["kind"] != "rest":
            twin = entry["answerable_twin"]
            shown = [page_text(text) if name.endswith(".html") else plain(text) for name, text in documents.items()]
            yield from answers(f"{entry['id']}, its twin", twin["question"], twin["answers"], shown)


def small() -> Iterator[str]:
    entries = load("small")
    yield from numbers("small", entries, dict(Counter(entry["kind"] for entry in entries)), lambda e: e["kind"])
    yield from small_documents("small", entries, 40)


def messy() -> Iterator[str]:
    yield from small_documents("messy", load("messy"), 66)


def small_documents(name: str, entries: list[Entry], size: int) -> Iterator[str]:
    if len(entries) != size or len({entry["id"] for entry in entries}) != size:
        yield f"{name}: has {len(entries)} documents, not {size} of different ids"
    if missing := {"md", "txt", "html", "docx", "pdf"} - {entry["document"]["format"] for entry in entries}:
        yield f"{name}: no document as {sorted(missing)}"
    for entry in entries:
        if not 1 <= len(entry["questions"]) <= 2 or len(entry["distractors"]) > 2:
            yield f"{entry['id']}: too many or too few questions or distractors"
        text, others = document_text(entry["document"]), [document_text(other) for other in entry["distractors"]]
        for question in entry["questions"]:
            yield from answers(entry["id"], question["question"], question["answers"], [text])
            if any(answer in other for answer in question["answers"] for other in others):
                yield f"{entry['id']}: a distractor has the answer"


def conflicts() -> Iterator[str]:
    entries = load("conflicts")
    sizes: dict[object, int] = {(True, 2): 27, (True, 1): 13, (False, 2): 39, (False, 1): 21}
    yield from numbers("conflicts", entries, sizes, lambda e: (e["conflict"], len(e["documents"])))
    for entry in entries:
        texts = list(entry["documents"].values())
        if len(entry["statements"]) != 2:
            yield f"{entry['id']}: {len(entry['statements'])} statements"
        for place, statement in enumerate(entry["statements"]):
            if not statement.endswith(".") or statement not in texts[min(place, len(texts) - 1)]:
                yield f"{entry['id']}: {statement!r} is not in its document"


def disagreeing() -> Iterator[str]:
    entries = load("disagreeing")
    yield from numbers("disagreeing", entries, {True: 84, False: 96}, lambda entry: entry["conflict"])
    for entry in entries:
        pairs = list(zip(entry["documents"].values(), entry["statements"], strict=True))
        if len(pairs) != 2 or any(text.count(said) != 1 for text, said in pairs):
            yield f"{entry['id']}: a statement is not in its document, or more than once"


def languages() -> Iterator[str]:
    entries = load("languages")
    libraries = {library["id"]: library["documents"] for library in load("language-documents")}
    yield from numbers("languages", entries, {False: 20, True: 3}, lambda entry: entry["absent"])
    if len({entry["language"] for entry in entries if not entry["absent"]}) < 8:
        yield "languages: fewer than eight"
    for entry in entries:
        if entry["absent"] == (entry["language"] in entry["library"]) or entry["absent"] == bool(entry["answers"]):
            yield f"{entry['id']}: absent or not?"
        if not entry["absent"]:
            texts = [plain(text) for language in entry["library"] for text in libraries[language].values()]
            yield from answers(entry["id"], entry["question"], entry["answers"], texts)


def terms() -> Iterator[str]:
    found = index_terms()
    if len(found) not in ABOUT_TERMS:
        yield f"terms: {len(found)}"
    for term, names in found.items():
        if gone := names - collection("postgresql").keys():
            yield f"terms: {term} leads to {sorted(gone)}"


def faults() -> Iterable[str]:
    yield from over_collection("postgresql", 60)
    yield from over_collection("handbook", 40)
    for check in (everyday, stories, unanswerable, small, messy, conflicts, disagreeing, languages, terms):
        yield from check()


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "All sets are as they should be.")
    sys.exit(bool(found))
