"""The forms of English words: endings and irregular verbs taken away, words of one meaning made one."""

from functools import lru_cache

from sayso.language.terms import stem

IRREGULAR = {
    "took": "take", "taken": "take", "came": "come", "made": "make", "gave": "give", "given": "give", "held": "hold",
    "stood": "stand", "ran": "run", "went": "go", "gone": "go", "became": "become", "paid": "pay", "sold": "sell",
    "bought": "buy", "built": "build", "began": "begin", "begun": "begin", "left": "leave", "chose": "choose",
    "chosen": "choose", "lay": "lie", "lain": "lie", "fell": "fall", "rose": "rise", "met": "meet", "won": "win",
    "lost": "lose", "sent": "send", "wrote": "write", "written": "write", "drew": "draw", "drawn": "draw",
    "taught": "teach", "children": "child", "men": "man", "women": "woman", "people": "people",
    "brought": "bring", "led": "lead", "said": "say", "found": "find", "broke": "break", "broken": "break",
    "withdrew": "withdraw", "withdrawn": "withdraw", "forbade": "forbid", "forbidden": "forbid", "flew": "fly",
    "grew": "grow", "grown": "grow", "kept": "keep", "put": "put", "shut": "close",
    "beaten": "beat", "drove": "drive", "driven": "drive",
    "saw": "see", "seen": "see", "knew": "know", "known": "know", "threw": "throw", "thrown": "throw",
    "ate": "eat", "eaten": "eat", "spoke": "speak", "spoken": "speak", "stole": "steal", "stolen": "steal",
    "wore": "wear", "worn": "wear", "tore": "tear", "torn": "tear", "froze": "freeze", "frozen": "freeze",
    "hid": "hide", "hidden": "hide", "rode": "ride", "ridden": "ride", "sang": "sing", "sung": "sing",
    "got": "get", "forgot": "forget", "forgotten": "forget", "caught": "catch", "thought": "think",
    "fought": "fight", "sought": "seek", "told": "tell", "felt": "feel", "meant": "mean", "heard": "hear",
    "lent": "lend", "spent": "spend", "struck": "strike", "swore": "swear", "sworn": "swear",
    "understood": "understand", "did": "do", "done": "do", "had": "have", "has": "have",
    "fed": "feed", "hung": "hang", "dealt": "deal", "bound": "bind",
    "bore": "bear", "borne": "bear", "shook": "shake", "shaken": "shake", "shot": "shoot", "slid": "slide",
    "dug": "dig", "bred": "breed", "arose": "arise", "arisen": "arise", "awoke": "awake",
}  # fmt: skip
"""Irregular forms to the word that they are of."""
SYNONYMS = (
    "purchase buy bought acquire acquisition takeover",
    "obtain get receive receipt",
    "sufficient enough adequate",
    "whole entire",
    "additional further extra",
    "help assist assistance aid",
    "use utilise utilize employ usage utilisation",
    "try attempt endeavour",
    "show demonstrate indicate",
    "big large",
    "small little",
    "quick rapid fast swift",
    "also additionally moreover furthermore",
    "immediately instantly straightaway",
    "happen occur occurrence",
    "important significant",
    "problem issue",
    "need require requirement",
    "necessary needed required",
    "forbid prohibit ban prohibition",
    "allow permit permission",
    "choose select selection choice pick",
    "change alter modify modification alteration",
    "fix repair mend",
    "annual yearly",
    "stop halt cease",
    "reply respond answer response",
    "inform notify notification information",
    "state declare declaration statement",
    "examine inspect inspection examination",
    "consider regard",
    "frequent common",
    "main principal primary chief",
    "method procedure technique",
    "part portion",
    "place location site",
    "job task",
    "error mistake fault",
    "doctor physician",
    "medicine drug medication",
    "firm company business",
    "agreement contract",
    "landlord lessor",
    "tenant lessee",
    "profit earnings gain",
    "revenue turnover",
    "supply provide provision",
    "warn warning",
    "reject rejection refuse refusal",
    "approve approval",
    "inhibit inhibition suppress suppression",
    "replace replacement substitute",
    "complete entire",
    "correct right",
    "usable useable",
    "identical same",
    "separate distinct",
    "specify specification",
    "remove removal delete deletion",
    "create creation",
    "store storage",
    "execute execution run",
    "connect connection",
    "replicate replication",
    "treat treatment",
    "pay payment",
    "enlarge enlargement expand expansion",
    "conclude conclusion",
    "sublet subletting",
    "count counting",
    "collect collection",
)
"""Words of one meaning in ordinary prose, beyond what `canonical` joins; none of them an opposite of another."""
_PREFIXES = ("re", "over", "under", "out", "mis", "fore", "pre")


@lru_cache(20_000)
def base_form(word: str) -> str:
    """A word without its endings: "overtaken" and "overtook" are "overtake"; what looks like a name stays."""
    if word in IRREGULAR:
        return stem(IRREGULAR[word])
    prefix = next((each for each in _PREFIXES if word.startswith(each) and word[len(each) :] in IRREGULAR), "")
    return stem(prefix + IRREGULAR[word[len(prefix) :]]) if prefix else stem(word)


_MEANINGS: dict[str, str] = {}
for _group in SYNONYMS:
    for _word in _group.split():
        _MEANINGS.setdefault(base_form(_word), base_form(_group.split()[0]))


@lru_cache(20_000)
def meaning(word: str) -> str:
    """A word's stem, or that of the first word that means the same; gentler than `canonical`, whose stems join more."""
    base = base_form(word)
    return _MEANINGS.get(base, base)
