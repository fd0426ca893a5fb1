"""Reads a report that a model writes as JSON units while it streams: sentences, items, rows and code, each with the
numbers that it cites. What is no JSON is read as plain text (`drafting`)."""

import json
import re
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ValidationError

from sayso.language.structure import FENCE
from sayso.protocol.blocks import cells, row
from sayso.protocol.report import Block, Section, Sentence
from sayso.writers.drafted import MAIN_HEADING, pieces
from sayso.writers.llm.drafting import DraftParser, heading_of, sentences_of
from sayso.writers.llm.plaintext import plain, without_thinking
from sayso.writers.llm.prompts import leaked
from sayso.writers.llm.sections import Sections

Kind = Literal["sentence", "lead", "item", "header", "row", "code"]
_BLOCKS: dict[str, Literal["paragraph", "list", "table", "code"]] = {"item": "list", "row": "table", "code": "code"}
_THINKS = re.compile(r"<(?:think|thinking|thought|reasoning)>(?!.*</)|\A\s*<\w{0,9}\Z", re.DOTALL | re.IGNORECASE)
_OPENS = re.compile(r"\s*(?:```\w*\s*)?(?:\{|\[\s*\{)")
_UNSURE = re.compile(r"\s*(?:`{0,3}|```\w*\s*|\[\s*)\Z")


class WrittenUnit(BaseModel):
    kind: Kind
    cites: list[int] = []
    text: str


class WrittenSection(BaseModel):
    """What a model answers when writing a section."""

    units: list[WrittenUnit]


class HeadedUnit(WrittenUnit):
    kind: Literal["heading", "sentence", "lead", "item", "header", "row", "code"]  # type: ignore[assignment]  # one more


class WrittenReport(BaseModel):
    """What a model answers when writing a whole report."""

    units: list[HeadedUnit]


class AnswerParser:
    """Fed with pieces of an answer, whichever way it is written; `sections` holds what is complete so far.

    Args:
        heading: of the one section that the answer is; those in the answer are left out then.
    """

    def __init__(self, heading: str | None = None) -> None:
        self._heading = heading
        self._text = ""
        self._chosen: UnitParser | DraftParser | None = None

    @property
    def sections(self) -> list[Section]:
        return self._chosen.sections if self._chosen else []

    @property
    def looping(self) -> bool:
        return self._chosen is not None and self._chosen.looping

    def feed(self, piece: str) -> list[tuple[str, str]]:
        """Take in `piece`; give back (heading, text) pairs that can be shown as a draft now."""
        self._text += piece
        if self._chosen is not None:
            return self._chosen.feed(piece)
        visible = without_thinking(self._text)
        if _THINKS.search(visible) or _UNSURE.match(visible):
            return []
        if _OPENS.match(visible):
            self._chosen = UnitParser(self._heading)
            return self._chosen.feed(visible)
        self._chosen = DraftParser(self._heading)
        return self._chosen.feed(self._text)

    def finish(self, *, complete: bool = True) -> list[tuple[str, str]]:
        """The end of the answer. When it is not `complete`, its last, unfinished unit is left out."""
        if not isinstance(self._chosen, UnitParser):
            parser = UnitParser(self._heading)
            shown = [*parser.feed(without_thinking(self._text)), *parser.finish()]
            if parser.sections:  # JSON behind an introduction, or behind thinking that nothing opened
                self._chosen = parser
                return shown
        if self._chosen is None:
            self._chosen = DraftParser(self._heading)
            return [*self._chosen.feed(self._text), *self._chosen.finish(complete=complete)]
        return self._chosen.finish(complete=complete)


class UnitParser:
    """Reads units as soon as each is complete; see `AnswerParser`. A unit said twice is kept once."""

    def __init__(self, heading: str | None = None) -> None:
        self._sections = Sections()
        self._fixed = heading
        self._heading = heading or MAIN_HEADING
        self._text = ""
        self._at = -1
        self._lead: int | None = None
        self._header: list[str] = []
        self._shown = 0
        """Blocks of the last section whose draft was given out."""

    @property
    def sections(self) -> list[Section]:
        return self._sections.told

    @property
    def looping(self) -> bool:
        return self._sections.looping

    def feed(self, piece: str) -> list[tuple[str, str]]:
        self._text += piece
        if self._at < 0:
            begun = re.search(r"[\"']units[\"']\s*:\s*\[|\A\s*(?:```\w*\s*)?\[", self._text)
            if begun is None:
                return []
            self._at = begun.end()
        drafts: list[tuple[str, str]] = []
        decoder = json.JSONDecoder(strict=False)
        while (start := self._text.find("{", self._at)) >= 0:
            try:
                value, self._at = decoder.raw_decode(self._text, start)
            except (ValueError, RecursionError):
                break
            drafts += self._take(value)
        return drafts

    def finish(self, *, complete: bool = True) -> list[tuple[str, str]]:
        """What is left to be shown; an unfinished unit is left out in any case."""
        self._lead = None
        return self._laid(last=True)

    def _take(self, value: object) -> list[tuple[str, str]]:
        try:
            unit = HeadedUnit.model_validate(value)
        except ValidationError:
            return []
        if unit.kind == "heading":
            drafts = self._laid(last=True)
            self._heading = self._fixed or heading_of(unit.text) or self._heading
            self._lead, self._header = None, []
            return drafts
        if leaked(unit.text):
            return []
        if unit.kind == "header":
            self._header = cells(plain(unit.text))
            return []
        if unit.kind == "row" and len(held := cells(plain(unit.text))) < 2:
            # A row of one cell is no table but a sentence, whatever it is called.
            unit = unit.model_copy(update={"kind": "sentence", "text": " ".join(held)})
            self._header = []
        read = read_unit(unit)
        for sentence in read:
            self._add(unit.kind, sentence, _language(unit.text) if unit.kind == "code" else "")
        drafts = self._laid()
        if unit.kind == "sentence":
            drafts += [(self._heading, text) for each in read for text in pieces([each], []) if text.strip()]
        return drafts

    def _add(self, kind: str, sentence: Sentence, language: str) -> None:
        section = self._sections.add(self._heading, sentence)
        if section is None:
            return
        at = len(section.sentences) - 1
        if at == 0:
            self._shown = 0
        if kind == "lead":
            self._lead = at
            return
        wanted = _BLOCKS.get(kind, "paragraph")
        last = section.blocks[-1] if section.blocks else None
        header = self._header if wanted == "table" else []
        self._header = []
        if last is None or last.kind != wanted or self._lead is not None or header or wanted == "code":
            last = Block(kind=wanted, units=[], header=header, language=language)
            section.blocks.append(last)
            if wanted == "paragraph" and self._lead is not None:
                last.units.append(self._lead)
            else:
                last.lead = self._lead
            self._lead = None
        last.units.append(at)

    def _laid(self, *, last: bool = False) -> list[tuple[str, str]]:
        """The drafts of blocks that are complete; those of sentences are given out one by one."""
        section = self._sections.under(self._heading)
        if section is None:
            return []
        ready = section.blocks if last else section.blocks[:-1]
        laid = [block for block in ready[self._shown :] if block.kind != "paragraph"]
        self._shown = max(self._shown, len(ready))
        return [(section.heading, text) for block in laid for text in _drafted(section, block)]


def _drafted(section: Section, block: Block) -> Iterable[str]:
    own = [*([] if block.lead is None else [block.lead]), *block.units]
    places = {at: place for place, at in enumerate(own)}
    moved = {"units": [places[at] for at in block.units], "lead": None if block.lead is None else 0}
    return pieces([section.sentences[at] for at in own], [block.model_copy(update=moved)])


def read_unit(unit: WrittenUnit) -> list[Sentence]:
    """The sentences of a unit, or the one that it is; numbers in the text count too."""
    if unit.kind == "code":
        code = unit.text.strip("\n")
        if code.lstrip().startswith(FENCE):
            code = code.strip().removeprefix(FENCE).partition("\n")[2].rstrip().removesuffix(FENCE).rstrip()
        return [Sentence(text=code, citations=unit.cites)] if code.strip() else []
    text = re.sub(r"\s+", " ", plain(unit.text)).strip()
    if unit.kind == "row":
        text = row(text)
    found = sentences_of(text)
    if unit.kind != "sentence" and found:
        cited = list(dict.fromkeys([*unit.cites, *(number for each in found for number in each.citations)]))
        return [Sentence(text=" ".join(each.text for each in found), citations=cited)]
    return [
        each.model_copy(update={"citations": list(dict.fromkeys([*each.citations, *unit.cites]))}) for each in found
    ]


def _language(code: str) -> str:
    opened = re.match(rf"\s*{FENCE}(\w+)", code)
    return opened[1] if opened else ""
