"""The fonts that PDFs are set in: those inside Typst and those of installed font packages, so that a report looks the
same on every machine."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

_PACKAGES = (
    "fontpkg_newsreader",  # Latin, the page's own typeface
    "fontpkg_amiri",  # Arabic
    "pylopdf_fonts_jp",  # Noto Serif of the East Asian languages
    "pylopdf_fonts_zh_cn",
    "pylopdf_fonts_ko",
    "manimgx_fonts",  # emoji, symbols, and the scripts of South and Southeast Asia, Ethiopia and the Caucasus
)
_WESTERN = ("Newsreader 16pt", "Libertinus Serif", "Amiri")
"""Libertinus is inside Typst, and has Greek, Cyrillic and Hebrew."""
_EASTERN = {"ja": "Noto Serif JP", "zh": "Noto Serif SC", "ko": "Noto Serif KR"}


@cache
def fonts() -> typst.Fonts:
    """Every font, found once. A package that is not installed is left out; its characters show as boxes then."""
    folders: list[str] = []
    for name in _PACKAGES:
        spec = find_spec(name)
        folders += [str(Path(each)) for each in (spec.submodule_search_locations or [])] if spec else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def families(language: str) -> list[str]:
    """Families to try in this order for a text in this language, see `sayso.exports.text.language`."""
    first = [_EASTERN[language]] if language in _EASTERN else []
    eastern = [*first, *(each for each in ("Noto Serif SC", "Noto Serif JP", "Noto Serif KR") if each not in first)]
    others = [name for name in fonts().families() if name.startswith("Noto") and name not in eastern]
    return [*_WESTERN, *eastern, *sorted(others)]
