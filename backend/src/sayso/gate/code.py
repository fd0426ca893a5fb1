"""Whether code stands in a quote, in which every sign counts, and as which lines.

Only where the lines begin and end is another matter: code that is indented as a whole in its document, or has blank
lines around it or spaces behind its lines, is the same code. What is shown are the quote's own lines.
"""

from textwrap import dedent


def lines_of(code: str, quote: str) -> str | None:
    """The lines of `quote` that `code` is, without what they are indented by as a whole; `None` if it has no such."""
    wanted = _flush(code.splitlines())
    have = quote.splitlines()
    for start in range(len(have) - len(wanted) + 1) if wanted else ():
        # Most lines differ; only where the first one agrees are all of them made equal.
        if have[start].strip() != wanted[0].strip():
            continue
        found = _flush(have[start : start + len(wanted)])
        if found == wanted:
            return "\n".join(found)
    return None


def _flush(lines: list[str]) -> list[str]:
    shown = dedent("\n".join(line.rstrip() for line in lines)).split("\n")
    while shown and not shown[0]:
        shown.pop(0)
    while shown and not shown[-1]:
        shown.pop()
    return shown
