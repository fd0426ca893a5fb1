"""How strong a finding is, from what can be counted: how well it matches, and how many sources say it.

    strength = match * (LONE + (1 - LONE) * (1 - 0.5 ** (agreeing - 1)))        agreeing >= 1

`match` (0 to 1) says how well the best quote matches what was asked, and `agreeing` counts independent sources:
different documents of different publishers (`report.independence`), copies of one text counted once. A quote that is
beside the point gains nothing from being repeated, so the two are multiplied. One source alone gives `LONE` of the
match. Every further source closes half of what is missing, because a second opinion tells more than a tenth. The
figure rises with both, stays below the match, and is the same for the same evidence. It sorts findings; it is not a
probability of being true.
"""

LONE = 0.6
"""Share of its match that a finding of a single source gets."""


def strength(agreeing: int, match: float) -> float:
    """0 to 1, see above; 0 without a source.

    Args:
        agreeing: independent sources that say it.
        match: 0 to 1; what lies outside counts as the nearer end.
    """
    if agreeing < 1:
        return 0.0
    backing = LONE + (1 - LONE) * (1 - 0.5 ** min(agreeing - 1, 50))
    return round(min(max(match, 0.0), 1.0) * backing, 4)
