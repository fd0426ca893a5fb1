"""Words by which a text may say that something is not wanted.

The lists are closed: each of their words makes a text one that is never searched for, and so does a demand whose verb
is not known for a wish.
"""

import re

from sayso.language.stopwords import STOP_WORDS

EXCEPT = (
    r"except(?:\s+for)?|(?:anything|everything|all)\s+but|free\s+(?:of|from)|excluding|other\s+than|apart\s+from|aside\s+from|rather\s+than|instead\s+of|außer|ausser|anstatt"
    r"|statt|abgesehen\s+von|sauf|except[ée]|hormis|plut[ôo]t\s+que|au\s+lieu\s+(?:de|du|des)|excepto|salvo|en\s+vez\s+de"
    r"|en\s+lugar\s+de|tranne|eccetto|invece\s+di|exceto|em\s+vez\s+de|behalve|in\s+plaats\s+van"
)
WITHOUT = r"without|minus|ohne|sans|sin|senza|sem|zonder"
_NOT = (
    r"no|not|nothing|none|never|nor|neither|cannot|nicht|nichts|kein(?:e[nrms]?)?|nie|niemals|weder|pas|ne|rien|aucune?"
    r"|jamais|ni|nada|nunca|tampoco|ning[uú]n[oa]?|non|niente|nessun[oa]?|n[ãa]o|nenhum(?:a)?|geen|niet|niets|nooit"
    r"|dont|doesnt|isnt|arent|wont|nope|nah|too\s+much|nobody|no\s*one|niemand|personne|nadie|nessuno|ningu[ée]m"
    r"|(?:\A|(?<=[.!;] ))(?:enough|genug|assez|basta)"
)
LESS = (
    r"(?:go\s+easy|easy|less|fewer|enough|too\s+much|no\s+more|weniger|genug|moins|assez|menos|meno|minder)\s+"
    r"(?:about|on|of|from|with|regarding|über|zu|von|sur|de|du|des|sobre|su|di|over)"
)
VERBS = (
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
POINTLESS = (
    r"who\s+(?:cares|needs|wants)|of\s+no\s+(?:interest|use|relevance|concern)|irrelevant|unrelated|off[-\s]topic|out\s+of\s+scope|unnecessary|unwanted|beside\s+the\s+point|superfluous|useless"
    r"|uninteresting|unhelpful|unwichtig|überflüssig|inutile|irrelevante"
)
GOES = (
    r"(?:can|should|must|may|could|has\s+to|have\s+to|needs?\s+to|ought\s+to)\s+(?:all\s+)?(?:go|be\s+"
    r"(?:removed|dropped|deleted|omitted|skipped|ignored|avoided|excluded|discarded|hidden|struck|cut|left\s+out))"
)
_CONTRAST = r"but|however|although|though|aber|sondern|jedoch|mais|pero|sino|per[òo]|maar"
_N_T = r"\w+n['’]t"
_EDGE, _END = r"(?<![\w\-./])(?:", r")(?![\w\-])"
_EXCLUDING = re.compile(
    _EDGE + "|".join((EXCEPT, WITHOUT, LESS, _NOT, _N_T, _AWAY, POINTLESS, GOES, _CONTRAST)) + _END, re.IGNORECASE
)
_BESIDES_NOT = re.compile(_EDGE + "|".join((EXCEPT, LESS, _AWAY, POINTLESS, GOES, _CONTRAST)) + _END, re.IGNORECASE)
_PLAINLY_ASKED = re.compile(
    r"\s*(?:and\s+|also\s+)?(?:(?:explain|tell\s+me|show(?:\s+me)?|find(?:\s+out)?|say)\s+(?:why|how|when|what|which|where|who)\b"
    r"(?!\s+not)(?!.*[?？]\s*$)|(?:what|which|how|when|where|who|is\s+there|are\s+there|does|do|did)\b(?=.*[?？]\s*$))"
    r"(?!.*\b(?:i|we|us|you|your|this\s+report|in\s+here)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A question about the matter, in which "not" and "without" belong to what is asked."""
_VERB = re.compile(_EDGE + VERBS + _END, re.IGNORECASE)
"""Verbs count where they may be a demand: in a question of what or how they are what is asked about."""
ASKED = re.compile(
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
_LIGHT = re.compile(
    r"(?:(?:leave|hold|save|park|let|set|take|go|pass|count|call)(?![\w\-])"
    r"(?!\s+(?:a\s+(?:\w+\s+)?look|deeper|further|into|through|over|on|(?:me|us)\s+know)\b)"
    r"|give(?!\s+(?:me|us|an?|some|more|details?|examples?|numbers?|figures?|reasons?)\b)(?![\w\-]))",
    re.IGNORECASE,
)
"""Verbs of which idioms are made, for and against ("give it a miss", "hold the salt", "leave it for another day")."""
_HARMLESS = re.compile(r"\bnot\s+(?:nearly\s+)?enough\b|\bwhether\s+or\s+not\b|\bno\s+matter\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{1,120})[\"”“»]|`([^`\n]{1,120})`")

COURTESY = (
    r"(?:(?:please|and|also|so|then|just|definitely|certainly|absolutely|really|well"
    r"|(?:i|we)\s+(?:\w+\s+){1,2}to|ok(?:ay)?|hey|you\s+(?:can|could|may|should|must)|(?:can|could|would)\s+you"
    r"|let['’]?s|i(?:['’]d|\s+would)?\s+(?:like|want|prefer)(?:\s+you)?\s+to|i(?:['’]d|\s+would)|we\s+(?:can|should|could)"
    r"|kindly|bitte|und|auch|et|y|e|s['’]il\s+(?:te|vous)\s+pla[îi]t|por\s+favor|per\s+favore)[,:]?\s+)*"
)
_LEADING_COURTESY = re.compile(rf"^{COURTESY}", re.IGNORECASE)


def masked(text: str) -> str:
    """`text` with what it quotes made unreadable, letter by letter: those are names, whatever words are in them."""
    return _QUOTED.sub(lambda match: "_" * len(match.group()), text)


def may_exclude(text: str) -> bool:
    """Whether `text` has a word by which it may say that something is not wanted."""
    line = _HARMLESS.sub(lambda match: "_" * len(match.group()), masked(text))
    asked = _LEADING_COURTESY.sub("", line)
    demanded = _DEMANDED.match(asked)
    if _LIGHT.match(asked):
        return True
    if demanded and demanded["verb"].lower() not in _NO_DEMAND:
        return True
    if _PLAINLY_ASKED.match(line):
        return bool(_BESIDES_NOT.search(line))
    return bool(_EXCLUDING.search(line)) or (not ASKED.match(line) and bool(_VERB.search(line)))
