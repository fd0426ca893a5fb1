"""The elements of an HTML page: which of them hold its text, and the text that they hold."""

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
_DROPPED_ROLES = names("navigation banner contentinfo search")
_DROPPED_CLASSES = names(
    "admonition-title breadcrumb breadcrumbs footer headerlink nav navbar navfooter navheader noprint related "
    "skip-link sphinxsidebar toc"
)


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
    """The part of the page that holds its text: the largest `main` or the only `article`, else the body."""
    body = root.find("body")
    candidates = [*root.iter("main"), *root.xpath("//*[@role='main']")] or list(root.iter("article"))
    if len(candidates) == 1 and len("".join(candidates[0].itertext()).split()) >= 20:
        return candidates[0]
    return body if body is not None else root


def is_dropped(node: Any) -> bool:
    if node.tag in _DROPPED:
        return True
    if not node.attrib:
        return False
    get = node.get
    if get("role") in _DROPPED_ROLES or get("hidden") is not None or get("aria-hidden") == "true":
        return True
    classes = get("class")
    return classes is not None and not _DROPPED_CLASSES.isdisjoint(classes.split())


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
