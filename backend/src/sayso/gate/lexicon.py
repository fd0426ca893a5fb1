"""The words of ordinary English by which two clauses are about the same: closed classes, words of one meaning."""

from functools import lru_cache

from sayso.gate.forms import IRREGULAR
from sayso.language.tokens import tokens


@lru_cache(20_000)
def stemmed(word: str) -> str:
    """A word's stem; what has a digit is a name as it is, and a compound is one word."""
    if any(map(str.isdigit, word)):
        return word.lower()
    return "-".join(tokens(word.replace("’", "'").removesuffix("'s"), "en"))


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which blanks separate."""
    return frozenset(text.split())


FUNCTION = word_set(
    "a an the this that these those it its itself they them their theirs he him his she her hers we us our ours you "
    "your i me "
    "my one ones who whom whose which what where how there here "
    "and or but nor so yet both either as than then also too very just even still already quite rather really always "
    "again "
    "further furthermore moreover however therefore thus hence indeed namely exactly precisely actually generally "
    "please "
    "not no never neither cannot n't nothing none hardly without "
    "be is are was were been being am do does did done doing have has had having can could may might shall should "
    "will would "
    "must ought need needs get gets got let lets "
    "of in on at by for from to with into onto upon about above below under over within between among through during "
    "against toward towards across along behind beside near out up down off per via around after before since until "
    "till "
    "if unless when whenever while whereas although though because whether "
    "all every each any some such own same other another more most less least only much many few several"
)
"""Words of grammar."""
LIGHT = word_set(
    "take carry come make give hold amount stand total set run last go keep become put provide offer "
    "feature exist lie form include whole entire new current present exact plan follow accord default automatic full "
    "overall "
    "town city village municipality contain usual normal please note visitor guest customer user information detail "
    "number figure value"
)
"""Words that add nothing to what is measured or stated."""
_ALIKE = (
    "long length",
    "high tall height",
    "wide width broad breadth",
    "deep depth",
    "thick thickness",
    "weigh weight heavy mass",
    "cost price fee charge tariff pay",
    "employee staff employ people workforce worker person personnel",
    "inhabitant population resident",
    "open opening inaugurate",
    "close closing shut",
    "begin start commence beginning",
    "end finish complete completion conclude",
    "found establish foundation establishment",
    "build construct built erect construction",
    "dead die death",
    "born birth",
    "buy purchase acquire acquisition bought",
    "sell sale sold",
    "fast speed quick",
    "old age",
    "seat capacity accommodate",
    "guarantee warranty",
    "salary wage earn",
    "car vehicle automobile",
    "film movie",
    "release launch publish issue",
    "expire expiry expiration",
    "leave depart departure",
    "arrive arrival",
    "store storage stored",
    "remove delete deletion erase",
    "permit allow allowance admit",
    "require requirement necessary mandatory compulsory obligatory",
    "prescription prescribe",
    "deliver delivery",
    "power output",
    "teach lesson",
    "sign signature",
    "vote ballot",
    "patient case",
    "doctor physician",
    "student pupil",
    "test exam examination inspection",
    "choose elect election chosen",
    "grow growth grew rise rose risen increase",
    "fall fell fallen drop decrease decline",
    "keep kept retain retention",
    "wait delay",
    "print printing",
    "consume consumption use usage",
    "produce production",
    "visit visitor",
    "live life",
)
CANONICAL = {stemmed(word): stemmed(group.split()[0]) for group in _ALIKE for word in group.split()}


@lru_cache(20_000)
def canonical(word: str) -> str:
    """A word's stem, or that of the first word that means the same."""
    lower = word.lower()
    base = stemmed(IRREGULAR.get(lower, lower))
    return CANONICAL.get(base, base)


LIGHT_STEMS = frozenset(map(canonical, LIGHT)) | {stemmed(word) for word in LIGHT}
ONCE = frozenset(
    map(
        canonical,
        word_set(
            "open start begin end finish found build born die become release sign launch complete introduce due invent "
            "discover acquire elect appoint expire close deadline arrive depart retire join resign marry install "
            "abolish "
            "adopt ratify approve patent register incorporate create merge inaugurate dissolve demolish destroy "
            "renovate restore rebuild convert move take effect force apply submit announce ship arrive launch premiere "
            "debut first last record date day birthday anniversary meet take-over buy ban discontinue deliver move"
        ),
    )
)
"""What happens to a thing once, so that two dates for it cannot both be right."""
GENERIC = frozenset(
    map(
        canonical,
        word_set(
            "default value setting parameter option maximum minimum limit size number amount level time date type name "
            "count length result total average rate range figure argument field column row"
        ),
    )
)
"""What says too little of what it is about to be compared alone."""

CONTRASTS = frozenset(
    frozenset((stemmed(one), stemmed(other)))
    for one, other in (
        pair.split("/")
        for pair in word_set(
            "upper/lower north/south east/west left/right inner/outer inside/outside first/last old/new "
            "big/small large/small major/minor senior/junior male/female man/woman boy/girl adult/child "
            "summer/winter spring/autumn day/night morning/evening weekday/weekend minimum/maximum open/close "
            "start/end begin/end buy/sell buyer/seller read/write input/output import/export arrive/depart "
            "enter/leave push/pull win/lose gain/loss profit/loss increase/decrease rise/fall hot/cold "
            "warm/cool dry/wet fast/slow early/late front/back top/bottom above/below before/after "
            "client/server master/slave primary/secondary public/private domestic/foreign urban/rural "
            "single/double length/width length/height width/height long/wide long/high wide/high deep/high "
            "high/low long/short birth/death born/die income/expense revenue/cost import/export "
            "internal/external full/part gross/net"
        )
    )
)
"""Words that are near in meaning for being opposites."""


def is_function(word: str) -> bool:
    return word.lower() in FUNCTION
