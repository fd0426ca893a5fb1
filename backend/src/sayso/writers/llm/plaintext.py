"""Turns what a model streams into plain text: its thinking and all markup are gone, wherever the pieces are cut."""

import re

RESTART = "\f"
"""Stands where a model ended thinking that it had not begun: what came before it is no answer."""

_THINKING = ("think", "thinking", "thought", "reasoning")
_TAG = re.compile(r"<!--.{0,2000}?-->|<(/?)([A-Za-z][\w:-]*)(?:\s[^<>]*|/)?>", re.DOTALL)
_OPEN_TAG = re.compile(r"<(?:!(?:-(?:-.*)?)?|/?(?:[A-Za-z][\w:-]*(?:[\s/][^<>]*)?)?)\Z", re.DOTALL)
_LONGEST_TAG = 400
_LINES = {"p", "br", "hr", "div", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_FORMATTING = {"a", "b", "i", "u", "em", "strong", "span", "code", "pre", "sup", "sub", "td", "th", "tbody", "thead"}
_CODE = {"script", "style"}
_CONTROL = dict.fromkeys([*range(9), *range(11, 32), 127])


class PlainText:
    """Fed with pieces, gives back the plain text that is certain so far.

    Tags that only format, HTML's with attributes, scripts and style sheets are dropped. Others may be what the text is
    about ("the <Image> component"), so they stay readable, in brackets that no renderer takes for markup.
    """

    def __init__(self) -> None:
        self._held = ""
        self._hidden = ""
        """Name of the element whose content is being left out."""
        self._dropped: set[str] = set()
        """Names of the elements whose beginning was left out."""

    def feed(self, piece: str) -> str:
        """The plain text that `piece` makes certain."""
        self._held += piece.translate(_CONTROL)
        out = []
        while self._held:
            if self._hidden:
                if not self._leave_hidden():
                    break
            else:
                before, bracket, rest = self._held.partition("<")
                out.append(before)
                self._held = bracket + rest
                if not bracket:
                    break
                tag = _TAG.match(self._held)
                if tag:
                    if self._unfinished_code(tag):
                        break
                    out.append(self._enter(tag))
                elif len(self._held) < _LONGEST_TAG and _OPEN_TAG.match(self._held):
                    break
                else:
                    out.append("<")
                    self._held = self._held[1:]
        return "".join(out)

    def finish(self) -> str:
        """What was still uncertain when the text ended."""
        held, self._held = self._held, ""
        if self._hidden:
            return ""
        return _TAG.sub(lambda tag: f"‹{tag[0][1:-1]}›", held).replace("<", "‹")

    def _enter(self, tag: re.Match[str]) -> str:
        """Step over `tag`; what stands for it in plain text."""
        closing, name = tag[1], tag[2] or ""
        end = None if closing else self._end_of_code(tag)
        self._held = self._held[end or tag.end() :]
        if end:
            return ""
        if name.lower() in _THINKING:
            self._hidden = "" if closing else name
            return RESTART if closing else ""
        if name in _LINES:
            return "\n"
        if name.islower() and "=" in tag[0]:
            self._dropped.add(name)
            return ""
        gone = not name or name in _FORMATTING or (closing and name in self._dropped)
        return "" if gone else f"‹{tag[0][1:-1]}›"

    def _end_of_code(self, tag: re.Match[str]) -> int | None:
        """Where the element ends that `tag` begins, if it is a script or style sheet that ends soon and on its line."""
        if tag[2] not in _CODE:
            return None
        line = self._held[tag.end() : tag.end() + _LONGEST_TAG].partition("\n")[0]
        end = re.search(rf"</{tag[2]}\s*>", line)
        return tag.end() + end.end() if end else None

    def _unfinished_code(self, tag: re.Match[str]) -> bool:
        """Whether pieces to come decide if `tag` begins a script or style sheet."""
        if tag[1] or tag[2] not in _CODE or self._end_of_code(tag):
            return False
        rest = self._held[tag.end() :]
        return len(rest) < _LONGEST_TAG and "\n" not in rest

    def _leave_hidden(self) -> bool:
        end = re.search(rf"</{self._hidden}\s*>", self._held, re.IGNORECASE)
        if end:
            self._held, self._hidden = self._held[end.end() :], ""
            return True
        self._held = self._held[-len(f"</{self._hidden}>") - 8 :]
        return False


def plain(text: str) -> str:
    """`text` without thinking and markup."""
    cleaner = PlainText()
    return (cleaner.feed(text) + cleaner.finish()).rpartition(RESTART)[2]


def without_thinking(text: str) -> str:
    """`text` without thinking; other markup stays, as quotes may contain it."""
    names = "|".join(_THINKING)
    text = re.sub(rf"<({names})>.*?</\1\s*>", "", text, flags=re.DOTALL | re.IGNORECASE)
    return re.split(rf"</(?:{names})\s*>", text, flags=re.IGNORECASE)[-1]


def one_line(text: str, *, limit: int) -> str:
    """`text` plain, without Markdown's marks and citation numbers, on one line of at most `limit` characters."""
    text = unmarked(plain(text))
    text = re.sub(r"\s*\[\d[\d\s,;-]*\]", "", text)
    return re.sub(r"\s+", " ", text).strip(" #*-•").strip()[:limit]


def unmarked(text: str) -> str:
    """`text` without the marks of bold, code, links and images."""
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*\)", r"\1", text)
    return re.sub(r"\*\*|__(?=\w)|(?<=\w)__|`+", "", text)
