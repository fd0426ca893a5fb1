"""The closed classes of English: words of grammar that carry the logic of a sentence, and those that carry none.

A word that is swapped for another one of its class makes another claim ("may", "must"), so a wording has to have those
of its quote, in their order. All lower case.
"""


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which blanks separate."""
    return frozenset(text.split())


ARTICLES = word_set("a an the")
BE = word_set("be is are was were been being am")
AUXILIARIES = BE | word_set(
    "has have had having do does did can could may might shall should will would must cannot n't"
)
PREPOSITIONS = word_set(
    "of in on at by for from to with into within under over between among through during per outside inside about as "
    "than against above below across toward towards upon onto via along behind beside near around beyond throughout "
    "after before since until without despite because except regarding concerning following like"
)
RELATIVE = word_set("which who whom whose where")
SUBORDINATE = word_set(
    "if unless when whenever while whereas although though because since before after until till once whether provided"
)
"""What opens a clause that says when, why, or in which case another one holds."""
COORDINATING = word_set("and but so or nor yet")
CORRELATIVE = word_set("either neither both whether not only rather")
"""What binds the two sides of an "and" or "or" together."""

_CLASSES = {
    "negation": "not no never none nobody nothing nowhere neither nor without hardly scarcely barely unable lack lacks "
    "lacking",
    "quantity": "all every each any some many much most more few fewer less least little several both half either only "
    "just mostly mainly partly largely entirely fully completely wholly part another other others everyone "
    "everything everybody anyone anything anybody someone something somebody majority minority alone",
    "bound": "exactly about approximately almost nearly roughly around up over under within between minimum maximum "
    "than",
    "modality": "may might can could must shall should will would need needs ought cannot have-to has-to had-to",
    "hedge": "usually often typically generally normally sometimes always occasionally frequently rarely seldom "
    "commonly probably possibly perhaps maybe certainly definitely likely unlikely apparently allegedly reportedly "
    "supposedly presumably seem seems seemed appear appears appeared suggest suggests suggested potentially "
    "necessarily",
    "condition": "if unless when whenever while whether provided once otherwise even in-case as-long-as",
    "exception": "except excluding including besides apart instead rather save",
    "order": "before after until till since during following first second last then later earlier previously next "
    "prior afterwards ago already still yet again now",
    "cause": "because cause causes caused therefore thus hence due so although though despite but however owing thanks",
    "comparison": "as like unlike same different",
    "who": "i you we he she it they him her us them my your our his their its myself himself herself",
}
LOGIC = {word: name for name, words in _CLASSES.items() for word in words.split()}
"""Words to their class, as it is told to people."""

NEUTRAL = (
    ARTICLES
    | (AUXILIARIES - LOGIC.keys() - {"n't"})
    | word_set("that which who whom whose there also too this these those of and itself themselves very")
)
"""Words that may come and go."""
SOFT = word_set("in on at for from to with into as of")
"""Prepositions that only tell something where a name or a figure follows."""

PHRASES = (
    ("in order to", "to"), ("so as to", "to"), ("prior to", "before"), ("subsequent to", "after"),
    ("due to", "because of"), ("owing to", "because of"), ("on account of", "because of"), ("in spite of", "despite"),
    ("is able to", "can"), ("are able to", "can"), ("am able to", "can"), ("was able to", "could"),
    ("were able to", "could"), ("is not able to", "can not"), ("are not able to", "can not"),
    ("is unable to", "can not"), ("are unable to", "can not"),
    ("all of the", "all the"), ("all of its", "all its"), ("all of their", "all their"), ("both of the", "both the"),
    ("half of the", "half the"), ("in addition to", "besides"), ("at once", "immediately"),
    ("for instance", "for example"), ("e.g.", "for example"), ("i.e.", "that is"), ("as well as", "and also"),
    ("no longer", "not any-longer"), ("any longer", "any-longer"), ("any more", "any-longer"),
    ("in case of", "in-case of"), ("in the event of", "in-case of"), ("in the event that", "if"),
    ("in case", "in-case"),
    ("provided that", "if"), ("on condition that", "if"), ("as long as", "as-long-as"), ("so long as", "as-long-as"),
    ("have to", "have-to"), ("has to", "has-to"), ("had to", "had-to"), ("at the moment", "currently"),
    ("at present", "currently"), ("a number of", "several"), ("with regard to", "regarding"),
    ("the same as", "identical to"), ("aside from", "except"), ("other than", "except"),
    ("with the exception of", "except"), ("except for", "except"), ("apart from", "except"), ("save for", "except"),
    ("in the absence of", "without"), ("because of the fact that", "because"), ("despite the fact that", "although"),
    ("even though", "although"), ("whereas", "while"), ("till", "until"), ("whilst", "while"), ("amongst", "among"),
    ("toward", "towards"), ("upon", "on"), ("cannot", "can not"), ("can't", "can not"), ("won't", "will not"),
    ("it's", "it is"), ("they're", "they are"), ("you're", "you are"), ("we're", "we are"), ("you'll", "you will"),
    ("let's", "let us"), ("that's", "that is"), ("there's", "there is"),
)  # fmt: skip
"""What says the same in any place, with the one form in which it is compared."""

REPORTING = (
    "say says said", "state states stated", "report reports reported", "conclude concludes concluded",
    "note notes noted", "find finds found", "argue argues argued", "claim claims claimed",
    "announce announces announced",
    "explain explains explained", "write writes wrote", "add adds added", "warn warns warned", "show shows showed",
    "observe observes observed", "estimate estimates estimated", "expect expects expected", "believe believes believed",
    "suggest suggests suggested", "think thinks thought", "hold holds held", "confirm confirms confirmed",
    "describe describes described", "recommend recommends recommended", "rule rules ruled", "tell tells told",
)  # fmt: skip
"""Verbs of reporting in their tenses, which may change: who wrote "concludes" has concluded."""
SHIFTED = {"will": "would", "can": "could", "may": "might", "is": "was", "are": "were", "has": "had", "have": "had"}
"""What a verb becomes in what was reported in the past."""
MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "will", "would"})
"""Verbs that a passive keeps before its "be"."""
