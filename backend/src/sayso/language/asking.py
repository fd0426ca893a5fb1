"""Where one sentence asks twice, and what points back, by words of grammar of some languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_AND = {
    "en": "and or but",
    "de": "und oder aber sowie",
    "es": "y e o u pero",
    "fr": "et ou mais",
    "it": "e ed o ma",
    "nl": "en of maar",
    "pt": "e ou mas",
}
"""Words that join two questions."""
_ALSO = {"en": "also", "de": "auch", "es": "también", "fr": "aussi", "it": "anche", "nl": "ook", "pt": "também"}
_ASKING = {
    "en": "what when how why which who whom whose where whether",
    "de": "was wann wie warum wieso weshalb wer wem wen wessen wo wohin woher wozu wofür womit ob welche welchem"
    " welchen welcher welches wieviel",
    "es": "qué cuándo cómo quién quiénes dónde cuál cuáles cuánto cuánta cuántos cuántas",
    "fr": "quand comment pourquoi où combien quel quelle quels quelles est-ce",
    "it": "cosa quando come perché chi dove quale quali quanto quanta quanti quante",
    "nl": "wat wanneer hoe waarom wie waar welk welke hoeveel",
    "pt": "quando como quem onde qual quais quanto quanta quantos quantas",
}
"""Words that ask for something, without those that mostly join a clause ("que", "qui")."""
_VERBS = {
    "en": "is are was were does do did can could should will would must may shall has have",
    "de": "kann können darf dürfen muss müssen soll sollen gibt",
    "es": "hay puede puedo pueden debe debo",
    "fr": "peut-on puis-je faut-il dois-je",
    "it": "posso può devo",
    "nl": "kan kunnen mag mogen moet moeten",
    "pt": "há pode posso devo",
}
"""Verbs that a question begins with; of other languages than English those that seldom go on with what was said."""
_BACK = {
    "en": "it its they them their this that these those he she his her each both one then other else",
    "de": "er sie ihn ihm ihnen deren dessen dabei dafür damit daran darin davon dazu andere anderen anderes sonst",
    "es": "él ella ellos ellas eso esto otro otra otros otras",
    "fr": "il elle ils elles cela ça autre autres",
    "it": "lui lei essi esse ciò altro altra altri altre",
    "nl": "hij zij ze hem haar daarbij daarvoor andere anders",
    "pt": "ele ela eles elas isso isto outro outra outros outras",
}
"""Words by which a question points back at what came before it."""
_LEAST = 3
"""Words of each of two questions."""
_INTRODUCING = re.compile(r":\s+|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class _Asking:
    further: re.Pattern[str]
    """Before a further question in one sentence."""
    asks: re.Pattern[str]
    """What asks by itself; other words before a question tell where or when it is asked ("Today, whom ...?")."""
    open: re.Pattern[str]
    """Before what it asks: "When and where does it meet?" asks once."""


@lru_cache(16)
def _asking(language: str) -> _Asking | None:
    if language not in _AND:
        return None
    joining, also, words, verbs = (_any_of(each[language]) for each in (_AND, _ALSO, _ASKING, _VERBS))
    # Elsewhere a comma stands before every clause: "Wissen Sie, was er kostet?"
    comma = rf"|,\s+(?={words}(?!\w))" if language == "en" else ""
    begins = rf"(?=(?:{also}\s+)?(?:{words}|{verbs})(?!\w))"
    return _Asking(
        re.compile(rf"(?P<joined>(?:,|;|\?|—)?\s+{joining}\s+{begins}|\s*;\s+){comma}", re.I),
        re.compile(rf"(?<!\w){words}(?!\w)|^\W*{verbs}(?!\w)", re.I),
        re.compile(rf"(?<!\w){words}$", re.I),
    )


def points_back(text: str, language: str) -> bool:
    """Whether a question has a word that stands for what was named before it."""
    # "Sie" is who is spoken to.
    words = (word if word != "Sie" else "" for word in re.findall(r"\w+", text))
    return not frozenset(_BACK.get(language, "").split()).isdisjoint(map(str.casefold, words))


def asks(sentence: str, language: str) -> bool:
    """Whether it has a word that asks: "What I need to know is how they did it." """
    asking = _asking(language)
    return asking is not None and asking.asks.search(sentence) is not None


def introduced(sentence: str, language: str) -> tuple[str, str]:
    """What is told before a colon or a dash, behind which a sentence asks, and what it asks; nothing told if it asks
    there already, or if that is a word or two ("Question: ...")."""
    asking = _asking(language)
    for match in _INTRODUCING.finditer(sentence) if asking else ():
        told, question = sentence[: match.start()].strip(), sentence[match.end() :].strip()
        if asking and not asking.asks.search(told) and asking.asks.match(question) and len(told.split()) >= _LEAST:
            return told, question
    return "", sentence


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words.split()))})"


def questions_in(sentence: str, language: str) -> Iterator[str]:
    """What a sentence asks, cut before each further question of it, where both halves can stand; else the sentence."""
    asking = _asking(language)
    start = 0
    for match in asking.further.finditer(sentence) if asking else ():
        left, right = sentence[start : match.start()].strip(), sentence[match.end() :].strip()
        asks = asking and not asking.open.search(left) and (match["joined"] is not None or asking.asks.search(left))
        if asks and min(len(left.split()), len(right.split())) >= _LEAST:
            yield left
            start = match.end()
    yield sentence[start:].strip()
