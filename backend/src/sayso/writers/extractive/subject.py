"""What a question is about: by the names in it, or by its grammar."""

import re

from sayso.language.terms import is_technical, stem

ASK = "what|when|how|why|which|who|whom|where|whether|is|are|was|were|does|do|did|can|could|should|will|would|must"
"""Words that begin a question or a part of one."""
_NOUN = re.compile(
    rf"^(?P<ask>{ASK})\s+(?P<aux>is|are|was|were|does|do|did|can|could|should|will|would|must|happens?)\s+(?P<rest>.+)",
    re.I,
)
_NOUN_ENDS = re.compile(
    r"\b(?:an?|the|to|of|in|on|for|from|with|by|at|as|into|than|rather|between|whether|what|when|how|if|and|or|but"
    r"|whenever|while|during|its|their|my|your)\b",
    re.I,
)


def subject(question: str) -> str:
    """The name a question is about: its first run of technical or capitalised words, or nothing."""
    tokens = [(match.group(), match.start()) for match in re.finditer(r"[\w.\-/+#]*[\w+#]", question)]
    run: list[str] = []
    for position, (token, _) in enumerate(tokens):
        named = is_technical(token) or (position > 0 and token[:1].isupper())
        if named and stem(token) and token.lower() not in {"i"}:
            run.append(token)
        elif run:
            break
    return " ".join(run[:4])


def subject_phrase(clause: str) -> str:
    """What a question is about, by its grammar: "a deadlock" of "How can a deadlock happen" gives "deadlock", and
    "row level security" comes of "How does row level security work". Empty where that cannot be told."""
    match = _NOUN.match(clause)
    if not match:
        return ""
    rest = re.sub(r"^(?:an?|the)\s+", "", match["rest"], flags=re.I)
    end = _NOUN_ENDS.search(rest)
    told = re.findall(r"[\w.\-/+#]*[\w+#]", rest[: end.start()] if end else rest)
    names_only = match["ask"].lower() in ("what", "who", "which") and match["aux"].lower() in (
        "is",
        "are",
        "was",
        "were",
    )
    if not names_only:
        told = told[:-1]  # the verb
    if not told or len(told) > 5 or told[0].lower() in ("i", "we", "you", "one", "there", "it"):
        return ""
    return " ".join(told)
