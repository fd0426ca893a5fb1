"""What a good model answers to the writer's requests, computed from their text."""

import json
import re
from typing import Any

Body = dict[str, Any]
PLAN, FIND, WRITE = "plan", "find", "write"


def prompt(body: Body) -> str:
    """All that users said in a request."""
    return "\n".join(message["content"] for message in body["messages"] if message["role"] == "user")


def task(body: Body) -> str:
    """Which of the writer's three tasks a request is."""
    text = prompt(body)
    return FIND if "<passage " in text else WRITE if re.search(r"<finding\b", text) else PLAN


def answer(body: Body) -> str:
    """A good answer to a request of the writer; to anything else "Yes."."""
    text = prompt(body)
    if "<question>" not in text:
        return "Yes."
    kind = task(body)
    if kind == WRITE:
        return _report(text)
    return json.dumps(_plan(text) if kind == PLAN else _findings(text), ensure_ascii=False)


def tagged(tag: str, text: str) -> list[tuple[dict[str, str], str]]:
    """Attributes and content of every `tag` in `text`."""
    found = re.findall(rf"<{tag}((?: \w+=\"[^\"]*\")*)>(.*?)</{tag}>", text, re.DOTALL)
    return [(dict(re.findall(r'(\w+)="([^"]*)"', named)), content) for named, content in found]


def _plan(text: str) -> Body:
    question = _words(tagged("question", text)[0][1])
    searched = {content for _, content in tagged("searched", text)}
    queries: list[Body] = []
    for attributes, said in tagged("feedback", text):
        names = _words(said)[:6] if said != "(no text)" else [*question[:4], "limits", "exceptions"]
        topic = " ".join(names[:3]).capitalize()
        queries.append({"query": " ".join(names), "topic": topic, "feedback": int(attributes["round"])})
    queries.append({"query": " ".join(question[:7]), "topic": "Overview", "feedback": None})
    queries.append({"query": " ".join([*question[:3], "example"]), "topic": "In practice", "feedback": None})
    queries.append({"query": " ".join([*question[-3:], "when to use"]), "topic": "When it matters", "feedback": None})
    return {"queries": [query for query in queries if query["query"] not in searched][:6]}


_PROSE = re.compile(r"[A-Z\"'“`*\[](?:[^\n|]|\n(?![\n#*-])){25,}[.!?]$")


def _findings(text: str) -> Body:
    wanted = {word.lower() for word in _words(tagged("question", text)[0][1])}
    wanted |= {word.lower() for _, said in tagged("feedback", text) for word in _words(said)}
    findings = []
    for attributes, passage in tagged("passage", text):
        pieces = [one.strip() for one in re.split(r"(?<=[.!?])\s+", passage) if len(one.strip()) > 25]
        sentences = [one for one in pieces if _PROSE.match(one)] or [one for one in pieces if "---" not in one]
        if not sentences:
            continue
        best = max(sentences, key=lambda one: len(wanted & {word.lower() for word in _words(one)}))
        if wanted & {word.lower() for word in _words(best)}:
            claim = " ".join(best.split())
            topic = attributes.get("topic", "Overview")
            findings.append({"passage": int(attributes["n"]), "sentence": best, "claim": claim, "topic": topic})
    return {"findings": findings[:9]}


def _report(text: str) -> str:
    sections: dict[str, list[str]] = {}
    for named, content in tagged("finding", text):
        claim = tagged("claim", content)[0][1].rstrip(".!? ")
        numbers = sorted({int(attributes["n"]) for attributes, _ in tagged("quote", content)})
        cited = "".join(f"[{number}]" for number in numbers)
        sections.setdefault(named.get("heading") or "Findings", []).append(f"{claim} {cited}.")
    return "\n\n".join(f"## {heading}\n" + "\n".join(lines) for heading, lines in sections.items()) + "\n"


_COMMON = """
    a an and are as at be by do does for from has have how i if in into is it its may me more need no not of on or
    please say so than that the them there they this to us want was we what when where which who why will with would you
    about
"""


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w.+#-]*\w", text) if word.lower() not in _COMMON.split()]
