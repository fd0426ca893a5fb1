"""Lists that say something only as a whole: steps in their order, and items that finish the sentence above them."""

import re
from collections.abc import Sequence

from sayso.language.leads import Leads
from sayso.language.statements import Statement

_ITEMS, _WORDS, _STEPS = 12, 200, 400
"""The longest list that is told as a whole: items, words, and words of numbered steps."""
_SENTENCE = 4
"""Words from which the line above a list is a sentence ("Do not take it if you:") and no heading ("Opening hours:")."""
_FIRST = re.compile(r"(?:^|\n)\W*1[.)]\s+$")
"""In front of the first of several steps."""
_MARK = 6
"""Characters in front of an item, in which its number stands if it has one."""


def whole_list(item: Statement, around: Sequence[Statement], passage: str) -> list[Statement]:
    """All items of the list that `item` is one of, in their order; empty if it is none, or one that is looked up item
    by item: below a mere heading, or long.

    Args:
        around: the statements of its passage.
    """
    numbered = is_numbered(passage[: item.start])
    if item.kind != "item" or not (numbered or len(item.led(passage).split()) >= _SENTENCE):
        return []
    items = [each for each in around if each.kind == "item" and each.lead == item.lead]
    if not item.lead:
        # Steps begin with the first; numbers without a beginning may be sections.
        items = _run(items, item)
        items = items if items and _FIRST.search(passage[: items[0].start]) else []
    words = sum(len(each.text.split()) for each in items)
    return items if 1 < len(items) <= _ITEMS and words <= (_STEPS if numbered else _WORDS) else []


def is_numbered(before: str) -> bool:
    """Whether the text before an item ends in a number, as that before a step does."""
    return any(map(str.isdigit, before[-_MARK:].rpartition("\n")[2]))


def _run(items: Sequence[Statement], item: Statement) -> list[Statement]:
    """Those that stand right before or behind each other and `item`."""
    run: list[Statement] = []
    for each in items:
        if run and each.start - run[-1].end > _MARK:
            if item in run:
                break
            run = []
        run.append(each)
    return run if item in run else []


def inner_list(item: Statement, around: Sequence[Statement]) -> list[Statement]:
    """The items of the list within an item, which say more of it; empty if it is a long one.

    Args:
        around: the statements of its passage.
    """
    inner = [each for each in around if each.kind == "item" and each.lead == (item.start, item.end)]
    words = sum(len(each.text.split()) for each in inner)
    return inner if len(inner) <= _ITEMS and words <= _WORDS else []


def carried_on(found: Sequence[Statement], passage: str) -> int:
    """How many of a passage's first statements go on with the list or table that it begins within."""
    leads: Leads[bool] = Leads()
    for at, each in enumerate(found):
        if each.kind == "row":
            continue
        mark = passage[passage.rfind("\n", 0, each.start) + 1 : each.start]
        if each.kind != "item" or not leads.item(mark, at == 0):
            return at
    return len(found)
