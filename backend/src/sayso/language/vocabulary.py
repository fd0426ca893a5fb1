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

NEUTRAL_HEADINGS = GENERIC_HEADINGS | _words("""
    also and conclusion documents evidence findings from further key main near other points question say sources
    superseded
""")
"""Words of headings that claim nothing."""
