"""The elements of an HTML page: which of them hold its text, and the text that they hold."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from sayso.research.formats import Unreadable
from sayso.research.readers.outline import names, squash

BLOCKS = names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "header hr html legend li main ol p section summary table tbody td tfoot th thead tr ul"
)
_DROPPED = names(
    "audio button canvas embed form head iframe input math nav noscript object script select style svg template "
    "textarea video"
)
_DROPPED_ROLES = names("navigation banner contentinfo search dialog alertdialog")
_FURNITURE = names(
    "breadcrumb breadcrumbs consent cookie cookies copyright footer gdpr nav navbar navfooter navheader navigation "
    "newsletter pagination toc tocs"
)
"""What pages call what is around their text, whole or as a part of a longer name ("site-footer")."""
_DROPPED_NAMES = names("admonition-title headerlink noprint related skip-link sphinxsidebar")
_NAME_PARTS = re.compile(r"[-_]+")
_TEXTS = names("html body main article")
_TEXT = 20
"""Words that the part with the page's text has, at least."""
_LONGER = 3
"""Times the next longest."""
_OWN_PARTS = names("article main blockquote figure section")
"""A footer or an aside in one of these belongs to it; else to the page."""


def parsed(data: bytes) -> Any:
    encoding: str | None = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass  # lxml follows the byte order mark or the page's own declaration
    # huge_tree stays off: it is what bounds depth and entity expansion.
    parser = etree.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        raise Unreadable("has no text in it")
    return root


def main_part(root: Any) -> Any:
    """The part of the page that holds its text: its `main`, or the `article` that is far longer than others, which tell
    what else there is; without them the body."""
    body = root.find("body")
    candidates = [*root.iter("main"), *root.xpath("//*[@role='main']")] or list(root.iter("article"))
    ranked = sorted(((len("".join(each.itertext()).split()), at) for at, each in enumerate(candidates)), reverse=True)
    if ranked and ranked[0][0] >= _TEXT and (len(ranked) == 1 or ranked[0][0] >= _LONGER * ranked[1][0]):
        return candidates[ranked[0][1]]
    return body if body is not None else root


def is_dropped(node: Any) -> bool:
    """Whether it is no part of the text: what cannot be read, what is hidden, and what is around it on the page."""
    if node.tag in _DROPPED:
        return True
    if node.tag in ("footer", "aside") and not _belongs(node):
        return True
    if not node.attrib:
        return False
    get = node.get
    if get("role") in _DROPPED_ROLES or get("hidden") is not None or get("aria-hidden") == "true":
        return True
    given = f"{get('class', '')} {get('id', '')}".lower().split()
    if not given or node.tag in _TEXTS or not any(_is_furniture(name) for name in given):
        return False
    # Whatever it is called, what has the page's heading in it is the page.
    return node.find(".//h1") is None


def _belongs(node: Any) -> bool:
    """Whether a footer or an aside is of a part of the text, or a note to it, and not of the page."""
    if any(each.tag in _OWN_PARTS or each.get("role") == "main" for each in node.iterancestors()):
        return True
    return "note" in f"{node.get('role', '')} {node.get('epub:type', '')}"


@lru_cache(maxsize=4_096)
def _is_furniture(name: str) -> bool:
    return name in _DROPPED_NAMES or not _FURNITURE.isdisjoint(_NAME_PARTS.split(name))


def text_of(node: Any) -> str:
    """The text below `node` on one line; blocks are apart by a space. The parser bounds the depth."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        parts.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and not is_dropped(child):
                space = " " if child.tag in BLOCKS or child.tag == "br" else ""
                parts.append(space)
                walk(child)
                parts.append(space)
            parts.append(child.tail or "")

    walk(node)
    return squash("".join(parts))
