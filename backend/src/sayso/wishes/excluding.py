"""What may say that something is not wanted, and what that is, where it is plain.

The list of words is closed: each of them makes a text one that is never searched for. What is not wanted is read from
a few plain ways of saying it; all others are not understood, which is said, and does no harm.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.language.stopwords import STOP_WORDS
from sayso.wishes.writing import only_about_writing

_EXCEPT = (
    r"except(?:\s+for)?|excluding|other\s+than|apart\s+from|aside\s+from|rather\s+than|instead\s+of|außer|ausser|anstatt"
    r"|statt|abgesehen\s+von|sauf|except[ée]|hormis|plut[ôo]t\s+que|au\s+lieu\s+(?:de|du|des)|excepto|salvo|en\s+vez\s+de"
    r"|en\s+lugar\s+de|tranne|eccetto|invece\s+di|exceto|em\s+vez\s+de|behalve|in\s+plaats\s+van"
)
_WITHOUT = r"without|minus|ohne|sans|sin|senza|sem|zonder"
_NOT = (
    r"no|not|nothing|none|never|nor|neither|cannot|nicht|nichts|kein(?:e[nrms]?)?|nie|niemals|weder|pas|ne|rien|aucune?"
    r"|jamais|ni|nada|nunca|tampoco|ning[uú]n[oa]?|non|niente|nessun[oa]?|n[ãa]o|nenhum(?:a)?|geen|niet|niets|nooit"
    r"|dont|doesnt|isnt|arent|wont|nope|nah|too\s+much|nobody|no\s*one|niemand|personne|nadie|nessuno|ningu[ée]m"
    r"|(?:\A|(?<=[.!;] ))(?:enough|genug|assez|basta)"
)
_LESS = (
    r"(?:less|fewer|enough|too\s+much|no\s+more|weniger|genug|moins|assez|menos|meno|minder)\s+"
    r"(?:about|on|of|from|with|regarding|über|zu|von|sur|de|du|des|sobre|su|di|over)"
)
_VERB = (
    r"remove|drop|delete|omit|skip|ignore|avoid|exclude|discard|dismiss|disregard|hide|ditch|scrap|forget|strike|erase"
    r"|purge|eliminate|reject|ban|cut|stop|spare|lose|entfern(?:e|en|t)|streich(?:e|en|t)|ignorier(?:e|en|t)"
    r"|vermeid(?:e|en|et)|lösch(?:e|en|t)|weglassen|supprime[rz]?|retire[rz]?|enl[eè]ve[rz]?|exclu[rs]e?|exclure"
    r"|[eé]vite[rz]?|elimina[r]?|quita[r]?|omit(?:e|ir|a)|excluye|ignora[r]?|evita[r]?|rimuov[ie]|togli(?:ere)?|escludi"
    r"|remov[ae]r?|exclua|evite|verwijder(?:en)?|negeer|vermijd|kill|axe|mute|silence|suppress|prune|excise|expunge|redact"
    r"|refrain|steer\s+clear|cease|quit|sick\s+of|tired\s+of|fed\s+up|bored|hate|dislike|who\s+cares|pointless|noise|spam"
    r"|nonsense|junk|garbage|waste|wrong|annoying|taboo|out(?=\s*[.!]*\s*$)|keep\s+\w+ing"
)
_AWAY = (
    r"(?:leav(?:e|ing)|left|keep|tak(?:e|en)|throw|rule|weed|get|let|lass(?:en|t|e)?|laisse[rz]?|deja[r]?|deixa[r]?|laat)\b"
    r"[^.;!?\n]{0,80}?\b(?:out|aside|away|alone|off|rid|weg|aus|raus|de\s+c[ôo]t[ée]|fuera|fora|fuori)"
)
_POINTLESS = (
    r"irrelevant|unrelated|off[-\s]topic|out\s+of\s+scope|unnecessary|unwanted|beside\s+the\s+point|superfluous|useless"
    r"|uninteresting|unhelpful|unwichtig|überflüssig|inutile|irrelevante"
)
_GOES = (
    r"(?:can|should|must|may|could|has\s+to|have\s+to|needs?\s+to|ought\s+to)\s+(?:all\s+)?(?:go|be\s+"
    r"(?:removed|dropped|deleted|omitted|skipped|ignored|avoided|excluded|discarded|hidden|struck|cut|left\s+out))"
)
_CONTRAST = r"but|however|although|though|aber|sondern|jedoch|mais|pero|sino|per[òo]|maar"
_N_T = r"\w+n['’]t"
_EDGE, _END = r"(?<![\w\-./])(?:", r")(?![\w\-])"
EXCLUDING = re.compile(
    _EDGE + "|".join((_EXCEPT, _WITHOUT, _LESS, _NOT, _N_T, _AWAY, _POINTLESS, _GOES, _CONTRAST)) + _END, re.IGNORECASE
)
_BESIDES_NOT = re.compile(_EDGE + "|".join((_EXCEPT, _LESS, _AWAY, _POINTLESS, _GOES, _CONTRAST)) + _END, re.IGNORECASE)
_PLAINLY_ASKED = re.compile(
    r"\s*(?:and\s+|also\s+)?(?:(?:explain|tell\s+me|show(?:\s+me)?|find(?:\s+out)?|say)\s+(?:why|how|when|what|which|where|who)\b"
    r"(?!\s+not)(?!.*[?？]\s*$)|(?:what|which|how|when|where|who|is\s+there|are\s+there|does|do|did)\b(?=.*[?？]\s*$))"
    r"(?!.*\b(?:i|we|us|you|your|this\s+report|in\s+here)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A question about the matter, in which "not" and "without" belong to what is asked."""
VERB = re.compile(_EDGE + _VERB + _END, re.IGNORECASE)
"""Verbs count where they may be a demand: in a question of what or how they are what is asked about."""
_ASKED = re.compile(
    r"\s*(?:and\s+|also\s+|but\s+|so\s+)?(?:what|when|how|why|which|who|whom|where|whether|is|are|does|do|did|was|were)\b"
    r".*[?？]\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WISHES = """
    add address ask bring check cite clarify compare consider cover deepen define describe detail discover discuss
    elaborate examine expand explain explore extend find focus get give include investigate keep list look make mention
    name note prefer provide put quote read research review say search see show state summarise summarize tell try use
    verify write
"""
"""What one may ask for. Other verbs before "the" or "everything" may ask for the opposite ("bin the", "park that")."""
_NO_DEMAND = STOP_WORDS["en"] | frozenset(_WISHES.split())
_DEMANDED = re.compile(
    r"(?P<verb>[^\W\d_]+)\s+(?:(?:up|off|down|out|away)\s+)?(?:the|all|every\w*|any\w*|that|this|those|these|it|them|your)\b",
    re.I,
)
_HARMLESS = re.compile(r"\bnot\s+(?:nearly\s+)?enough\b|\bwhether\s+or\s+not\b|\bno\s+matter\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{1,120})[\"”“»]|`([^`\n]{1,120})`")

_COURTESY = (
    r"(?:(?:please|and|also|so|then|just|well|ok(?:ay)?|hey|you\s+(?:can|could|may|should|must)|(?:can|could|would)\s+you"
    r"|let['’]?s|i(?:['’]d|\s+would)?\s+(?:like|want|prefer)(?:\s+you)?\s+to|i(?:['’]d|\s+would)|we\s+(?:can|should|could)"
    r"|kindly|bitte|und|auch|et|y|e|s['’]il\s+(?:te|vous)\s+pla[îi]t|por\s+favor|per\s+favore)[,:]?\s+)*"
)
_LEADING_COURTESY = re.compile(rf"^{_COURTESY}", re.IGNORECASE)
_SPOKEN = (
    r"(?:want|need|care|wish|like|mention|include|show|cite|quote|use|discuss|cover|talk|write|read|hear|know|see|search|look"
    r"|add|bring|speak|have|tell|give|put|list|describe|explain|go\s+into)"
)
_ABOUT = (
    r"(?:about|on|of|for|from|with|regarding|concerning|into|at|in|to\s+do\s+with|über|zu|von|mit|sur|de|du|des|d['’]|sobre"
    r"|su|di|over)"
)
_DEMAND = (
    rf"(?:(?:do\s+not|don['’]?t|never|(?:i|we|they)\s+(?:do\s+not|don['’]?t|never)(?:\s+\w+ly)?)\s+(?:ever\s+|even\s+)?{_SPOKEN}"
    rf"(?:\s+me)?(?:\s+(?:to\s+)?{_SPOKEN})?(?:\s+{_ABOUT})?"
    rf"|(?:(?:i|we)\s*(?:am|['’]m|are|['’]re)\s+)?not\s+(?:at\s+all\s+)?interested\s+in"
    rf"|(?:there\s+is\s+|i\s+see\s+|we\s+have\s+)?no\s+need\s+(?:for|to\s+{_SPOKEN}(?:\s+{_ABOUT})?)"
    rf"|(?:i|we)?\s*(?:can|could)?\s*do\s+without"
    rf"|stop\s+(?:\w+ing\s+)?(?:{_ABOUT}\b)?|forget(?:\s+about)?|get\s+rid\s+of|spare\s+(?:me|us)"
    rf"|(?:leav|tak|rul|weed|cut|strik)(?:e|ing)?\s+(?:out|away|aside)(?:\s+of)?|(?:{_VERB})(?:\s+out)?"
    rf"|{_LESS}|{_EXCEPT}|{_WITHOUT}|neither|(?:no\s+more|nothing|no|not|none|nicht|nichts|kein(?:e[nrms]?)?|pas|rien|nada"
    rf"|no|niente|nessun[oa]?|non|nenhum|n[ãa]o|geen|niets|niet)(?:\s+(?:more|else|further))?(?:\s+{_ABOUT})?)"
)
_LEAD = re.compile(rf"^{_COURTESY}{_DEMAND}(?!\w)\s*(?P<what>.*)$", re.IGNORECASE | re.DOTALL)
_OUT = re.compile(
    rf"^{_COURTESY}(?:leave|keep|take|throw|rule|weed|lass(?:en|t|e)?|laisse[rz]?|deja|deixa|laat)\s+(?P<what>.+?)\s+"
    r"(?:out|aside|away|alone|off|weg|aus|raus|de\s+c[ôo]t[ée]|fuera|fora|fuori)(?:\s+(?:of\s+(?:it|this|the\s+report)))?$"
    r"|^(?:bitte\s+)?(?P<object>.+?)\s+(?:weglassen|streichen|entfernen|ignorieren|vermeiden|verwijderen|weglaten)$",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(
    rf"^{_COURTESY}(?P<what>.+?)\s+(?:(?:is|are|was|were|seems?|looks?)\s+(?:(?:all|really|just|simply|completely|quite|so)\s+)?"
    rf"(?:{_POINTLESS}|(?:not|n['’]t)\s+(?:really\s+|at\s+all\s+)?(?:relevant|needed|wanted|of\s+(?:any\s+)?interest|interesting"
    r"|useful|helpful|necessary|required|important|on\s+topic|what\s+(?:i|we)\s+asked(?:\s+for)?))"
    rf"|(?:isn['’]?t|aren['’]?t)\s+(?:relevant|needed|wanted|of\s+interest|interesting|useful|necessary|required|important)"
    rf"|{_GOES})(?:\s+(?:here|to\s+(?:me|us|this)|for\s+(?:me|us)|at\s+all))?$",
    re.IGNORECASE | re.DOTALL,
)
_INSTEAD = re.compile(rf"^(?P<head>.+?)\s+(?:{_EXCEPT})\s+(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
_SAME_CLAUSE = re.compile(
    r"^(?P<head>.+?)\s+and\s+(?P<rest>(?:not|nothing|no|none|leave|drop|skip|without|ignore)\s.+)$", re.I
)

_GENERIC = (
    r"(?:anything|everything|all|something|whatever|stuff|business|things?|material|information|info|details?|findings?|claims?|talk"
    r"|mentions?|discussions?|parts?|bits?|pieces?|sections?|chapters?|paragraphs?|passages?|sentences?|results?|texts?"
    r"|references?|topics?|subjects?|word|rest|whole)"
)
_BEFORE = re.compile(
    rf"^(?:(?:the|a|an|any|all|your|our|my|such|more|further|both|der|die|das|den|dem|des|les?|la|los?|las|el|una?|un|il|lo"
    rf"|gli|os?|as|het|een|de)\s+|l['’]|d['’]|{_GENERIC}\s+(?:(?:that|which)\s+(?:concerns?|mentions?|deals?\s+with|(?:is|are)\s+"
    rf"(?:about|on)|speaks?\s+of)|{_ABOUT})\s+|{_ABOUT}\s+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?:\s+(?:please|thanks|thank\s+you|here|again|any\s*more|anymore|at\s+all|for\s+now|this\s+time|either|now|instead"
    rf"|(?:in|from|of|out\s+of)\s+(?:it|this|the\s+(?:report|text|answer|findings))|{_GENERIC}|bitte|weg|mehr"
    rf"|s['’]il\s+(?:te|vous)\s+pla[îi]t|por\s+favor))+$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?<![\w\-])(?:that|which|who|when|while|if|because|since|how|why|what|is|are|was|were|be|been|do|does|did|can|could|will"
    r"|would|should|must|may|i|we|you|he|she|it|they|them|this|these|those|than|to|so|as|possible|interesting|good|bad"
    r"|sure|clear|true|right|correct|very|really|just|only|even|yet|enough|also|too|always|because|there|one|ones|other|others"
    r"|more|most|much|many|some|us|me|idea|problem|worries|way|by|needed|wanted|convinced|asked|interested|required|related|relevant|helpful"
    r"|useful|important|necessary|etwas|davon|ça|cela|eso|esto)(?![\w\-])",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟]\s*$")
_ASKED_FOR = re.compile(rf"\s*(?:(?:can|could|would|will)\s+you\b|(?:{_EXCEPT}|not)\b)", re.IGNORECASE)
_PLEASE = re.compile(r"[,\s]+(?:please|thanks|bitte|por\s+favor|s['’]il\s+(?:te|vous)\s+pla[îi]t)$", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
_FINDING = re.compile(r"[fg]\d{1,4}", re.IGNORECASE)
_LISTED = re.compile(r"\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor|und|oder|et|ou|y|ni)\s+(?=\S)")
_LONGEST = 7
"""Words of something that can be left out."""


def masked(text: str) -> str:
    """`text` with what it quotes made unreadable, letter by letter: those are names, whatever words are in them."""
    return _QUOTED.sub(lambda match: "_" * len(match.group()), text)


def may_exclude(text: str) -> bool:
    """Whether `text` has a word by which it may say that something is not wanted."""
    line = _HARMLESS.sub(lambda match: "_" * len(match.group()), masked(text))
    demanded = _DEMANDED.match(_LEADING_COURTESY.sub("", line))
    if demanded and demanded["verb"].lower() not in _NO_DEMAND:
        return True
    if _PLAINLY_ASKED.match(line):
        return bool(_BESIDES_NOT.search(line))
    return bool(EXCLUDING.search(line)) or (not _ASKED.match(line) and bool(VERB.search(line)))


@dataclass(frozen=True)
class Unwanted:
    """One thing that is not wanted: findings, by id, or what a text may name."""

    findings: tuple[str, ...] = ()
    name: str = ""


Resolve = Callable[[str], Unwanted | None]
"""What the words mean that stand for a finding or a document ("f3", "the second finding"); `None` if they do not."""


def excluded(clause: str, resolve: Resolve) -> list[Unwanted] | None:
    """What `clause` plainly says is not wanted, thing by thing; `None` if that is not plain."""
    if _ASKS.search(clause) and not _ASKED_FOR.match(clause):
        return None
    bare = _PLEASE.sub("", clause.strip(" ,;:.!?–—-…()"))
    if len(_CAPITALS.findall(bare)) > 1 and _CAPITALS.match(bare):
        # A command of some language ("DROP INDEX") is a name.
        return None
    for form in (_OUT, _SUBJECT, _LEAD):
        if match := form.match(bare):
            groups = match.groupdict()
            return things(groups["what"] or groups.get("object") or "", resolve)
    return None


def halves(clause: str) -> tuple[str, str] | None:
    """What is wanted and what is not, of "locks rather than statistics"; `None` where there is no such thing."""
    bare = clause.strip(" ,;:.!–—-…")
    match = _INSTEAD.match(bare)
    if match is None or _ASKED.match(clause):
        return None
    return match["head"], f"except {match['what']}"


def joined(clause: str) -> tuple[str, str] | None:
    """What comes before and after the "and" of "locks and nothing about statistics"."""
    match = _SAME_CLAUSE.match(clause)
    return (match["head"], match["rest"]) if match else None


def things(said: str, resolve: Resolve) -> list[Unwanted] | None:
    """The things of a list such as "Windows, macOS and BSD"; `None` if one of them is not plain."""
    found: list[Unwanted] = []
    for part in _LISTED.split(said):
        if known := resolve(part):
            found.append(known)
            continue
        thing = _BEHIND.sub("", f" {part.strip(' ,;:.!?')}").strip()
        while (rest := _BEFORE.sub("", thing, count=1)) != thing:
            thing = rest.strip()
        thing = thing.strip(" \"“”„«»`'")
        if known := resolve(thing):
            found.append(known)
            continue
        if not thing or _FINDING.fullmatch(thing) or len(thing.split()) > _LONGEST or only_about_writing(thing):
            return None
        if may_exclude(thing) or _NO_NAME.search(masked(thing)):
            return None
        found.append(Unwanted(name=thing))
    return found or None
