"""Word lists, lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERIC_HEADINGS = _words("""
    abstract about background basics behavior conclusion configuration contents default definition description
    details example examples faq features further getting goals good history index information intro
    introduction know learn list more name next note notes options overview parameters preface props quick
    quickstart reference references related return returns see setup started start summary syntax synopsis table
    tips to troubleshooting usage version what why
""")
"""Words of headings that every document has, and that say nothing without its title."""

PHRASAL = _words("""
    back-up clean-up fail-over fall-back log-in log-out look-up opt-in opt-out roll-back scale-up set-up shut-down
    sign-in sign-out sign-up start-up tear-down time-out warm-up
""")
"""Verbs of two words that are also written as one."""

PARTICLES = _words("away back down in off on out over up")
"""Words that go with a verb (English)."""
DETERMINERS = _words("a all an any each every her his it its my one our that the their them these this those your")
"""What may stand between a verb and its particle begins with one of these (English)."""
PREFIXES = {
    "de": _words("ab an auf aus bei durch ein fest her hin los mit nach um unter vor weg zu zurück zusammen"),
    "nl": _words("aan af door in mee na om op over terug toe uit voor weg"),
}
"""What verbs of a language are cut off from and leave behind, by language."""

NEUTRAL_HEADINGS = GENERIC_HEADINGS | _words("""
    also and conclusion documents evidence findings from further key main near other points question say sources
    superseded
""")
"""Words of headings that claim nothing."""
