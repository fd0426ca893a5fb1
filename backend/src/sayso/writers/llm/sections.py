"""The sections of an answer while it streams."""

import re

from sayso.protocol.report import Section, Sentence

LOOP = 6
"""Sentences said before, one after another, that make an answer a loop."""


class Sections:
    """Sections by their headings, in the order in which they came. A sentence said twice is kept once."""

    def __init__(self) -> None:
        self.told: list[Section] = []
        self.looping = False
        """Whether the model only says again what it has said."""
        self._seen: set[str] = set()
        self._repeats = 0

    def under(self, heading: str) -> Section | None:
        return next((each for each in self.told if each.heading == heading), None)

    def add(self, heading: str, sentence: Sentence) -> Section | None:
        """The section with the sentence at its end; nothing if it was said before."""
        key = re.sub(r"\W+", " ", sentence.text).casefold().strip()
        if key in self._seen:
            self._repeats += 1
            self.looping = self._repeats >= LOOP
            return None
        self._seen.add(key)
        self._repeats = 0
        section = self.under(heading)
        if section is None:
            section = Section(heading=heading, sentences=[])
            self.told.append(section)
        section.sentences.append(sentence)
        return section
