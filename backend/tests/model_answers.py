"""What a good model answers to the writer's requests, computed from their text."""

import json
import re
from typing import Any

Body = dict[str, Any]
PLAN, FIND, WRITE, OUTLINE, SECTION, SUMMARY = "plan", "find", "write", "outline", "section", "summary"
JUDGE, CITE, READ = "judge", "cite", "read"
_SIGNS = [
    (READ, r"<point n="),
    (FIND, r"<passage "),
    (CITE, r"Now answer with JSON only: {\"units\""),
    (JUDGE, r"<sentence n="),
    (OUTLINE, r"<finding id="),
    (SECTION, r"<section>"),
    (SUMMARY, r"<claim cite="),
    (WRITE, r"<finding\b"),
]


def prompt(body: Body) -> str:
    """All that users said in a request."""
    return "\n".join(message["content"] for message in body["messages"] if message["role"] == "user")


def task(body: Body) -> str:
    """Which of the writer's tasks a request is."""
    text = prompt(body)
    return next((name for name, sign in _SIGNS if re.search(sign, text)), PLAN)


def answer(body: Body) -> str:
    """A good answer to a request of the writer; to anything else "Yes."."""
    text = prompt(body)
    kind = task(body)
    if kind not in (JUDGE, CITE, READ) and "<question>" not in text:
        return "Yes."
    told = {WRITE: _report, SECTION: _section, SUMMARY: _summary}
    if kind in told:
        prose = told[kind](text)
        return (
            json.dumps({"units": units(prose)}, ensure_ascii=False)
            if {"response_format", "tools"} & body.keys()
            else prose
        )
    if kind == CITE:
        return json.dumps(
            {"units": [{"sentence": int(named["n"]), "cites": []} for named, _ in tagged("sentence", text)]}
        )
    structured = {PLAN: _plan, FIND: _findings, OUTLINE: _outline, JUDGE: _verdicts, READ: _items}
    return json.dumps(structured[kind](text), ensure_ascii=False)


def units(prose: str) -> list[Body]:
    """Prose with headings and numbers as the units that the writer asks for."""
    found: list[Body] = []
    for line in prose.splitlines():
        if line.startswith("## "):
            found.append({"kind": "heading", "cites": [], "text": line[3:]})
            continue
        for said in re.findall(r"\S.*?\[\d+\]\.(?=\s|$)", line):
            numbers = [int(number) for number in re.findall(r"\[(\d+)\]", said)]
            text = re.sub(r"\s*(?:\[\d+\])+", "", said)
            found.append({"kind": "sentence", "cites": list(dict.fromkeys(numbers)), "text": text})
    return found


def tagged(tag: str, text: str) -> list[tuple[dict[str, str], str]]:
    """Attributes and content of every `tag` in `text`."""
    found = re.findall(rf"<{tag}((?: \w+=\"[^\"]*\")*)>(.*?)</{tag}>", text, re.DOTALL)
    return [(dict(re.findall(r'(\w+)="([^"]*)"', named)), content) for named, content in found]


def _plan(text: str) -> Body:
    """Three queries on the first part, and one on each of the others."""
    question = _words(tagged("question", text)[0][1])
    searched = {content for _, content in tagged("searched", text)}
    queries: list[Body] = []
    for at, (attributes, topic) in enumerate(tagged("part", text)):
        if at:
            queries.append({"query": " ".join(_words(topic)[:6]) + " in detail", "part": int(attributes["n"])})
    for attributes, said in tagged("feedback", text):
        names = _words(said)[:6] if said != "(no text)" else [*question[:4], "limits", attributes["round"]]
        queries.append({"query": " ".join(names), "part": 1})
    queries.append({"query": " ".join(question[:7]), "part": 1})
    queries.append({"query": " ".join([*question[:3], "example"]), "part": 1})
    queries.append({"query": " ".join([*question[-3:], "when to use"]), "part": 1})
    return {"queries": [query for query in queries if query["query"] not in searched][:8]}


_PROSE = re.compile(r"[A-Z\"'“`*\[](?:[^\n|]|\n(?![\n#*-])){25,}[.!?]$")


def numbered(passage: str) -> list[tuple[int, str]]:
    """The statements of a passage as the model is shown them."""
    found = re.findall(r"^\[(\d+)\] (.*(?:\n(?!\[\d).*)*)", passage, re.MULTILINE)
    return [(int(number), said.strip()) for number, said in found]


def _findings(text: str) -> Body:
    """The best statement of each passage."""
    wanted = {word.lower() for word in _words(tagged("question", text)[0][1])}
    wanted |= {word.lower() for _, said in tagged("feedback", text) for word in _words(said)}
    passages = tagged("passage", text)
    findings = []
    for attributes, passage in passages:
        held = [each for each in numbered(passage) if _PROSE.match(each[1])] or numbered(passage)
        number, best = max(held, key=lambda one: len(wanted & {word.lower() for word in _words(one[1])}))
        if wanted & {word.lower() for word in _words(best)}:
            part = int(attributes.get("part", "1").split()[0])
            also = _also(best, attributes, passages)
            findings.append({"statement": number, "claim": " ".join(best.split()), "part": part, "also": also})
    return {"findings": findings[:9]}


def _also(sentence: str, own: dict[str, str], passages: list[tuple[dict[str, str], str]]) -> list[int]:
    """Statements of other documents that have most of the words of `sentence`."""
    words = {word.lower() for word in _words(sentence)}
    found: list[int] = []
    for attributes, passage in passages:
        for number, one in numbered(passage):
            other = {word.lower() for word in _words(one)}
            alike = len(words & other) >= 0.6 * max(len(words), len(other))
            if alike and attributes.get("source") != own.get("source"):
                found.append(number)
    return found


def _report(text: str) -> str:
    sections: dict[str, list[str]] = {}
    for named, lines in _told(text):
        sections.setdefault(named or "Findings", []).extend(lines)
    return "\n\n".join(f"## {heading}\n" + "\n".join(lines) for heading, lines in sections.items()) + "\n"


def _section(text: str) -> str:
    lines = [line for _, lines in _told(text) for line in lines]
    return f"## {tagged('section', text)[0][1]}\n" + "\n".join(lines) + "\n"


def _told(text: str) -> list[tuple[str, list[str]]]:
    """The heading of each finding and the sentences about it; of a conflict one that tells both sides."""
    told = []
    cited: dict[str, str] = {}
    for named, content in tagged("finding", text):
        claim = tagged("claim", content)[0][1].rstrip(".!? ")
        numbers = dict.fromkeys(int(attributes["n"]) for attributes, _ in tagged("quote", content))
        cited[claim] = "".join(f"[{number}]" for number in numbers)
        told.append((named.get("heading", ""), [f"{claim} {cited[claim]}."]))
    for _, content in tagged("conflict", text):
        claims = [claim.rstrip(".!? ") for _, claim in tagged("claim", content)]
        marks = dict.fromkeys(mark for claim in claims for mark in re.findall(r"\[\d+\]", cited.get(claim, "")))
        if told and len(claims) == 2:
            told[-1][1].append(f"The sources disagree: {claims[0]}, but {claims[1]} {''.join(marks)}.")
    return told


def _outline(text: str) -> Body:
    """A section for each heading that the findings were found under."""
    sections: dict[str, list[str]] = {}
    for named, _ in tagged("finding", text):
        sections.setdefault(named.get("heading") or "Findings", []).append(named["id"])
    title = " ".join(_words(tagged("question", text)[0][1])[:8])
    return {"title": title, "sections": [{"heading": one, "findings": ids} for one, ids in sections.items()]}


def _summary(text: str) -> str:
    claims = [(named["cite"], claim.rstrip(".!? ")) for named, claim in tagged("claim", text) if "cite" in named]
    return " ".join(f"{claim} {cite.replace(' ', '')}." for cite, claim in claims[:3])


def _verdicts(text: str) -> Body:
    """A sentence is supported if its quotes have three fifths of its words, and all numbers."""
    verdicts = []
    for part in re.split(r"(?<=</sentence>)", text):
        for named, said in tagged("sentence", part):
            quotes = " ".join(quote for _, quote in tagged("quote", part))
            words = {word.lower() for word in _words(said)}
            given = {word.lower() for word in _words(quotes)}
            numbers = set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", quotes))
            supported = numbers and len(words & given) >= 0.6 * len(words)
            verdict = "yes" if supported else "no"
            verdicts.append({"sentence": int(named["n"]), "evidence": "", "reason": "", "verdict": verdict})
    return {"verdicts": verdicts}


_SORTS = [
    ("drop", r"\b(?:drop|remove) ((f\d+))\b"),
    ("leave_out", r"\b(?:nothing (?:about|on)|leave out|without|free of|do not bother with) ()?(.+?)[.!]*$"),
    ("note", r"()(.*\b(?:shorter|sentences|bullet points|in German)\b.*)"),
    ("search", r"()(.+)"),
]


def _items(text: str) -> Body:
    """Each point of a human's prose as the first of the fields whose words it has."""
    items = []
    for named, said in tagged("point", text):
        field, match = next(
            (field, match) for field, way in _SORTS if (match := re.search(way, said, re.IGNORECASE | re.DOTALL))
        )
        item = {"field": field, "words": match[2], "finding": match[1] or ""}
        items.append({"point": int(named["n"]), **item})
    return {"items": items}


_COMMON = """
    a an and are as at be by do does for from has have how i if in into is it its may me more need no not of on or
    please say so than that the them there they this to us want was we what when where which who why will with would you
    about
"""


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w.+#-]*\w", text) if word.lower() not in _COMMON.split()]
