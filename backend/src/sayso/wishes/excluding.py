"""What is not wanted, where that is plain.

It is read from a few plain ways of saying it; all others are not understood, which is said, and does no harm.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.wishes.polarity import ASKED, COURTESY, EXCEPT, GOES, LESS, POINTLESS, VERBS, WITHOUT, masked, may_exclude
from sayso.wishes.writing import only_about_writing

_SPOKEN = (
    r"(?:want|need|bother|care|wish|like|mention|include|show|cite|quote|use|discuss|cover|talk|write|read|hear|know|see|search|look"
    r"|add|bring|speak|have|tell|give|put|list|describe|explain|go\s+into)"
)
_ABOUT = (
    r"(?:about|on|of|for|from|with|regarding|concerning|into|at|in|to\s+do\s+with|über|zu|von|mit|sur|de|du|des|d['’]|sobre"
    r"|su|di|over)"
)
_DEMAND = (
    rf"(?:(?:do\s+not|don['’]?t|never|(?:i|we|they)\s+(?:do\s+not|don['’]?t|never)(?:\s+\w+ly)?)\s+(?:ever\s+|even\s+)?{_SPOKEN}"
    rf"(?:\s+me)?(?:\s+(?:to\s+)?{_SPOKEN})?(?:\s+{_ABOUT})?"
    r"|(?:i|we)\s+(?:never|did\s+not|didn['’]?t)\s+ask(?:ed)?\s+(?:for|about)|who\s+(?:cares|needs|wants)(?:\s+about)?"
    rf"|(?:(?:i|we)\s*(?:am|['’]m|are|['’]re)\s+)?not\s+(?:at\s+all\s+)?interested\s+in"
    rf"|(?:there\s+is\s+|i\s+see\s+|we\s+have\s+)?no\s+need\s+(?:for|to\s+{_SPOKEN}(?:\s+{_ABOUT})?)"
    rf"|(?:i|we)?\s*(?:can|could)?\s*do\s+without"
    rf"|stop\s+(?:\w+ing\s+)?(?:{_ABOUT}\b)?|forget(?:\s+about)?|get\s+rid\s+of|spare\s+(?:me|us)"
    rf"|(?:leav|tak|rul|weed|cut|strik)(?:e|ing)?\s+(?:out|away|aside)(?:\s+of)?|(?:{VERBS})(?:\s+out)?"
    rf"|{LESS}|{EXCEPT}|{WITHOUT}|neither|(?:no\s+more|nothing|no|not|none|nicht|nichts|kein(?:e[nrms]?)?|pas|rien|nada"
    rf"|no|niente|nessun[oa]?|non|nenhum|n[ãa]o|geen|niets|niet)(?:\s+(?:more|else|further))?(?:\s+{_ABOUT})?)"
)
_LEAD = re.compile(rf"^{COURTESY}{_DEMAND}(?!\w)\s*(?P<what>.*)$", re.IGNORECASE | re.DOTALL)
_OUT = re.compile(
    rf"^{COURTESY}(?:leave|keep|take|throw|rule|weed|lass(?:en|t|e)?|laisse[rz]?|deja|deixa|laat)\s+(?P<what>.+?)\s+"
    r"(?:out|aside|away|alone|off|weg|aus|raus|de\s+c[ôo]t[ée]|fuera|fora|fuori)(?:\s+(?:of\s+(?:it|this|the\s+report)))?$"
    r"|^(?:bitte\s+)?(?P<object>.+?)\s+(?:weglassen|streichen|entfernen|ignorieren|vermeiden|verwijderen|weglaten)$",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(
    rf"^{COURTESY}(?P<what>.+?)\s+(?:(?:is|are|was|were|seems?|looks?)\s+(?:(?:all|really|just|simply|completely|quite|so)\s+)?"
    rf"(?:{POINTLESS}|(?:not|n['’]t)\s+(?:really\s+|at\s+all\s+)?(?:relevant|needed|wanted|of\s+(?:any\s+)?interest|interesting"
    r"|useful|helpful|necessary|required|important|on\s+topic|what\s+(?:i|we)\s+asked(?:\s+(?:for|about))?))"
    rf"|(?:isn['’]?t|aren['’]?t)\s+(?:relevant|needed|wanted|of\s+interest|interesting|useful|necessary|required|important)"
    r"|(?:should|must|need|may)\s*(?:not|n['’]t)\s+(?:come\s+up|appear|be\s+(?:in|mentioned|shown|covered|discussed))"
    rf"|{GOES})(?:\s+(?:here|to\s+(?:me|us|this)|for\s+(?:me|us)|at\s+all))?$",
    re.IGNORECASE | re.DOTALL,
)
_INSTEAD = re.compile(rf"^(?P<head>.+?)\s+(?:{EXCEPT})\s+(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
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
_ASKED_FOR = re.compile(
    rf"\s*(?:who\s+(?:cares|needs|wants)\b|(?:can|could|would|will)\s+you\b|(?:{EXCEPT}|not)\b)", re.IGNORECASE
)
_PLEASE = re.compile(r"[,\s]+(?:please|thanks|bitte|por\s+favor|s['’]il\s+(?:te|vous)\s+pla[îi]t)$", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
_FINDING = re.compile(r"[fg]\d{1,4}", re.IGNORECASE)
_LISTED = re.compile(r"\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor|und|oder|et|ou|y|ni)\s+(?=\S)")
_LONGEST = 7
"""Words of something that can be left out."""


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
    if match is None or ASKED.match(clause):
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
