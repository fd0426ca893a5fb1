"""The words of ordinary English that state and deny: negations, opposite states, and what limits a statement."""

import re

from sayso.gate.lexicon import word_set

CONDITION = re.compile(
    r"\b(?:if|unless|whenever|while|except|excluding|without|otherwise|instead|provided|in case|as long as"
    r"|previously|formerly|originally|initially|earlier|later|once|used to|in the past|now|today|nowadays|currently"
    r"|expected|estimated|forecast|planned|target|projected|budgeted|proposed|recommended|would|usually|normally|often"
    r"|sometimes|occasionally|mostly|partly|mainly|rarely|some|most|many|few|half|only|other|another|rest"
    r"|remaining|alone|average|extra|additional|separate|(?:when|before|after|until)(?!\s(?:the\s)?§))\b",
    re.I,
)
"""Words that say when, for which part or how far something holds; what they say it of holds for nothing else."""
PART = re.compile(
    r"\b(?:of (?:these|those|them|which|whom|this)|among (?:these|those|them)|including|each of|half of|part of"
    r"|the (?:rest|remainder|others?)|respectively|one of|examples?|for instance|e\.g\.|such as)\b",
    re.I,
)
"""What speaks of a part of what was said before, or gives an example."""
REPORTED = re.compile(
    r"^.{0,60}?\b(?:note|notes|noted|says?|said|states?|stated|reports?|reported|finds?|found|shows?|showed|shown"
    r"|confirms?|"
    r"confirmed|announced?|announces|know|known|remember|means?|assumes?|told|wrote|writes|mentions?|mentioned|aware"
    r"|true|fact"
    r"|clear|important)\s+that\s",
    re.I,
)
"""Who says it; what is said comes after."""
AS_PLANNED = re.compile(
    r"\bas (?:planned|scheduled|announced|expected|agreed|usual)\b|\baccording to (?:the )?(?:plan|schedule)\b", re.I
)
_PHRASES = (
    (AS_PLANNED.pattern, ""),
    (r"not only|not just|not merely|no longer than|no more than|no less than|no fewer than|not more than"
     r"|whether or not|not least|no doubt|no matter|not later than|no later than", ""),
    (r"turn(?:s|ed|ing)? down|knock(?:s|ed)? back|vot(?:es?|ed) down|thr(?:ew|own) out", "rejected"),
    (r"call(?:s|ed|ing)? off|scrapped|axed", "cancelled"),
    (r"put(?:s|ting)? off|push(?:es|ed)? back|put back|held over|mov(?:es?|ed) to a later date", "postponed"),
    (r"t(?:ake|akes|ook|aking|aken) place|go(?:es)? ahead|went ahead|gone ahead|(?:is|was|are|were|be"
     r"|been) held", "goes-ahead"),
    (r"sold out|out of stock|out of print|no longer (?:made|sold|produced|available|in production|on sale"
     r"|manufactured)"
     r"|(?:taken|withdrawn) (?:off|from) (?:the )?(?:market|sale|shelves)|phas(?:ed?|ing) out", "discontinued"),
    (r"in stock|on sale|in production|still (?:made|sold|produced)|(?:can|may) (?:still )?be (?:ordered|bought"
     r"|purchased)",
     "available"),
    (r"giv(?:es?|en|ing) the green light(?: to)?|gave the (?:green light|go-ahead)(?: to)?", "approved"),
    (r"no longer|not yet|yet to|not any(?: ?more)?", "not"),
    (r"free (?:of|from)|devoid of|lacks?|lacking|lacked|(?:has|have|had|contains?|contained|with|is|are) (?:no|without)"
     r"(?! longer)"
     r"|(?:does|do|did) not (?:contain|have|include)|without(?: any)?|(?:has|have) not (?:got )?any", "free-of"),
    (r"contains?|contained|containing|includes?|included|(?:has|have|had)(?= an?\b)|comes? with|equipped with"
     r"|made with", "contains"),
    (r"(?:is|are|was|were|be) able to", "can"),
    (r"first(?= \w+(?:ed|wn|lt|nt)\b)", ""),
)  # fmt: skip
"""Phrases, and the one word that does for them."""
_PHRASE = re.compile(rf"\b(?:{'|'.join(f'({pattern})' for pattern, _ in _PHRASES)})\b", re.I)
_STATES = (
    ("pass passed succeed succeeded successful successfully met satisfied", "fail failed fails failure unsuccessful "
    "unsuccessfully flunked"),
    (
        "approve approved approves accept accepted accepts grant granted authorise authorised authorize authorized "
        "endorsed "
        "agreed adopted ratified backed upheld passed consented",
        "reject rejected rejects refuse refused refuses decline declined deny denied disapproved dismissed vetoed",
    ),
    (
        "available sold obtainable orderable stocked",
        "discontinued unavailable withdrawn unobtainable",
    ),
    ("goes-ahead", "cancelled canceled cancels postponed postpone postpones delayed suspended abandoned adjourned "
    "deferred rescheduled"),
    (
        "allow allowed allows permit permitted permits admitted welcome legal lawful",
        "forbid forbidden forbids prohibit prohibited prohibits ban banned disallowed barred illegal unlawful",
    ),
    ("open opened opens reopened", "closed closes shut"),
    ("contains", "free-of"),
    ("enable enabled enables activated active", "disable disabled disables deactivated inactive"),
    ("supported supports", "unsupported"),
    ("required mandatory compulsory obligatory necessary", "optional voluntary unnecessary"),
    ("possible", "impossible"),
    ("safe harmless", "unsafe dangerous harmful hazardous"),
    ("increase increased increases rose risen rises grew grown grows", "decrease decreased decreases fell fallen "
    "falls dropped declined shrank"),
    ("reversible", "irreversible permanent"),
    ("alive", "dead died"),
    ("true correct right accurate", "false incorrect wrong inaccurate untrue"),
    ("won wins", "lost loses"),
    ("guilty convicted", "innocent acquitted"),
    ("public", "private confidential secret"),
    ("full", "empty"),
    ("paid", "unpaid outstanding"),
    ("valid", "invalid expired void"),
    ("complete completed finished", "incomplete unfinished"),
    ("known", "unknown"),
    ("included", "excluded"),
    ("present", "absent"),
    ("confirmed", "refuted disproved"),
    ("waterproof watertight", "leaky"),
    ("effective", "ineffective"),
    ("online", "offline"),
    ("encrypted", "unencrypted"),
    ("occupied inhabited", "vacant uninhabited unoccupied"),
    ("signed", "unsigned"),
    ("edible", "inedible poisonous"),
    ("positive", "negative"),
    ("extinct", "extant"),
    ("working operational functional", "broken defective"),
    ("renewable", "non-renewable"),
    ("flammable inflammable combustible", "non-flammable nonflammable incombustible fireproof"),
    ("toxic poisonous", "non-toxic nontoxic"),
    ("free gratis", "chargeable"),
)  # fmt: skip
STATES: dict[str, tuple[tuple[int, int], ...]] = {}
"""Words of state, lower case, to their axes and which end of them they name, 1 or -1."""
for _axis, _ends in enumerate(_STATES):
    for _sign, _words in zip((1, -1), _ends, strict=True):
        for _word in _words.split():
            STATES[_word] = (*STATES.get(_word, ()), (_axis, _sign))
DENYING = word_set(
    "cancelled canceled postponed delayed suspended abandoned deferred adjourned failed refused stopped ceased"
)
"""Words that deny what stands beside them: what is postponed does not take place, who failed to do so did not."""
NEGATIONS = word_set("not no never cannot neither nor none nothing hardly without n't unable nobody nowhere")
MODALS = {"can": "may", "could": "may", "may": "may", "might": "may", "must": "must", "should": "must", "shall": "must"}


def without_phrases(text: str) -> str:
    """`text` with one word for each phrase."""
    return _PHRASE.sub(lambda match: _PHRASES[(match.lastindex or 1) - 1][1], text)
