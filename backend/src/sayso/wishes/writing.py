"""Wishes about how a report reads, not about what it says: nothing is searched for them."""

import re

from sayso.language.tokens import folded
from sayso.language.tongue import NAMES
from sayso.wishes.ordering import is_order

_TELLING = """
    short shorter shorten shortly brief briefer concise longer length simple simpler simplest simplify plain
    plainer clearer formal informal tone style wording audience executive executives management managers director
    directors ceo cto laymen layman layperson laypeople beginner beginners newcomers lay summary summarise
    summarize overview paragraph paragraphs sentence sentences bullet bullets bulleted numbered tabular heading
    headings reorder format tighten trim write written writing rewrite reword rephrase jargon acronyms
    abbreviations detailed begin conclusion conclusions twice double present presented presentation email slide
    slides tweet prose minutes characters pithy snappy polite friendly neutral tldr dr abstract easier easy
    understand understandable readable friendlier board half readers kürzer kurz kürzere knapp knapper einfacher
    tabelle liste absatz absätze satz sätze deutsch englisch französisch spanisch plus court courte courts bref
    brève concis simplement tableau paragraphe phrases phrase allemand anglais français espagnol corto breve
    resumido tabla lista párrafo frases inglés alemán francés español
"""
"""What is hardly ever said of anything but a text."""
_BESIDE = """
    a an the it this that them and or with by up so too very only not no without dont do don t be should is can
    could would you i d like want need us me my our at in into as of for to than more less fewer most least much
    bit rather make keep use put turn please just first last one two three four five six seven eight nine ten top
    third quarter sixth maximum max answer end start line lines order table tables list lists text word words
    language title form version draft report team reader details detail technical section sections page pages
    minute clear cut structure split join merge long manager en als auf bitte s il vous te plait plaît más por
    favor
"""
"""What may stand beside it, and is also said of other things."""
_ABOUT_WRITING = frozenset(_TELLING.split()) | {name.lower() for name in NAMES.values()}
_WRITING = _ABOUT_WRITING | frozenset(_BESIDE.split())
_DEMAND = re.compile(
    r"^(?:please\s+|and\s+|also\s+)*(?:(?:write|put|present|phrase|format|structure|begin|start|end|lead|close|open|finish)\s+"
    r"(?:it|this|the\s+(?:report|text|answer|summary)|with|by|everything|all|as|in|for)\b"
    r"|(?:make|keep)\s+(?:it|this|the\s+(?:report|text|answer|summary|sentences?|paragraphs?))\b"
    r"|explain\s+(?:it|this|everything)\s+(?:to|for|as|in|so)\b"
    r"|(?:use|in|with)\s+(?:\w+\s+){0,2}(?:words|language|sentences|paragraphs|headings|bullets|jargon|terms|tone|style)\b"
    r"|(?:as|in)\s+(?:a|an|the\s+form\s+of\s+an?)\s+(?:\w+\s+)?(?:table|list|letter|memo|email|slide|poem|summary|outline)\b"
    r"|(?:bullets|bullet\s+points|a\s+table|a\s+list|\w+\s+(?:sentences|paragraphs|lines))\s+for\s+(?:a|an|the|our|my)\b"
    r"|(?:for|to)\s+(?:a|an|the|our|my)\s+(?:\w+\s+)?(?:board|audience|layman|layperson|beginner|executives?|management|readers?"
    r"|managers?|ceo|cto|child|team)\b|(?:translate|translated)\b)",
    re.IGNORECASE,
)
BOARD = re.compile(
    r"\b(?:for|to)\s+(?:a|the|our|my)\s+(?:board|executives?|management|directors?|ceo|cto)\b", re.IGNORECASE
)
"""Readers who want a short text."""
_PARTS = re.compile(r"\s*[,:;–—]\s*|\s+-\s+")
_RUN = re.compile(r"[^\W_]+")


def is_about_writing(text: str) -> bool:
    """Whether all of `text` speaks of the writing ("shorter", "three sentences for a board", "in German")."""
    words = _RUN.findall(folded(text))
    if not words:
        return False
    if _DEMAND.match(text.strip()) or is_order(text):
        return True
    return only_about_writing(text) and any(word in _ABOUT_WRITING for word in words)


def only_about_writing(text: str) -> bool:
    """Whether `text` has no word that could be about anything else; of some ("table", "order") nobody can tell."""
    return all(word in _WRITING or word.isdigit() for word in _RUN.findall(folded(text)))


def parted(point: str) -> tuple[str, str]:
    """What of a point is about the matter, and what is about the writing ("shorter, for a board, and costs")."""
    if is_about_writing(point):
        return "", point
    parts = [part for part in _PARTS.split(point) if part.strip()]
    about = [part for part in parts if is_about_writing(part)]
    if not about:
        return point, ""
    return ", ".join(part for part in parts if part not in about), ", ".join(about)
