"""What a reranker changes about what the extractive writer finds, and what it leaves alone."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.compose import Toolkit
from sayso.errors import SettingsError
from sayso.language.sentences import readable
from sayso.protocol.evidence import Place
from sayso.research.source import Passage
from sayso.settings import read_settings
from sayso.writers.extractive.choice import Scored, scored
from sayso.writers.extractive.coverage import Floats
from sayso.writers.extractive.pool import Pool
from sayso.writers.extractive.reranking import BEST, reranked
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import Assignment, Candidate
from support import onnx_models
from tools import minilm

QUESTION = "When does VACUUM FULL lock a table?"
LOCKS = [
    "VACUUM FULL holds an exclusive lock on the table until it ends.",
    "A plain VACUUM of a table takes a lock that does not stop readers.",
    "Each lock on a table is listed in the view pg_locks with the VACUUM that holds it.",
    "CLUSTER locks a table like VACUUM FULL does and sorts its rows.",
]


class Preferring:
    """Scores a text by whether it has a word."""

    name = "preferring"

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, int]] = []

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        self.asked.append((question, len(texts)))
        return np.array([float(self.word in text) for text in texts])


def passages(texts: Sequence[str]) -> list[Passage]:
    return [
        Passage(kind="library", uri=f"{n}.html", title="Locks", text=text, place=Place(offset=0))
        for n, text in enumerate(texts)
    ]


def ranked(texts: Sequence[str], question: str = QUESTION) -> list[Scored]:
    return scored(Pool(passages(texts), "en"), question, lambda passage: 1.0)


async def found(writer: ExtractiveWriter, question: str, texts: Sequence[str]) -> list[Candidate]:
    assignment = Assignment(question=question)
    return await writer.find(assignment, [(query, passages(texts)) for query in await writer.plan(assignment)])


TWINS = ["VACUUM FULL takes a lock on the table at noon.", "VACUUM FULL takes a lock on the table at dawn."]


@pytest.mark.parametrize("preferred", ["noon", "dawn"])
async def test_of_two_that_the_words_hold_equal_the_one_that_the_model_prefers_comes_first(preferred: str) -> None:
    plain = {each.claim: each.match for each in await found(ExtractiveWriter(), QUESTION, [*LOCKS[2:], *TWINS])}
    again = await found(ExtractiveWriter(Preferring(preferred)), QUESTION, [*LOCKS[2:], *TWINS])
    assert preferred in again[0].claim
    assert {each.claim: each.match for each in again}.items() <= plain.items()


async def test_what_the_model_prefers_is_shown_before_what_matches_better() -> None:
    plain = [each.claim for each in await found(ExtractiveWriter(), QUESTION, LOCKS)]
    assert plain.index(LOCKS[3]) < plain.index(LOCKS[1])
    again = [each.claim for each in await found(ExtractiveWriter(Preferring("plain")), QUESTION, LOCKS)]
    assert again.index(LOCKS[1]) < again.index(LOCKS[3])


@given(st.lists(st.sampled_from([*LOCKS, "Tables grow.", "Ghent is a town.", "The lock of the door."]), unique=True))
def test_a_model_that_makes_no_difference_leaves_the_order(texts: list[str]) -> None:
    before = ranked(texts)
    after = reranked(before, QUESTION, Preferring("no such word"))
    assert [each.index for each in after] == [each.index for each in before]


def test_the_model_reads_the_best_and_the_rest_stay_behind_them() -> None:
    before = ranked([f"VACUUM FULL number {n} takes a lock on the table of {n} rows." for n in range(BEST + 20)])
    preferring = Preferring(readable(before[-1].read.text))
    after = reranked(before, "what it was held against", preferring)
    assert preferring.asked == [("what it was held against", BEST)]
    assert [each.index for each in after] == [each.index for each in before]
    assert reranked([], QUESTION, preferring) == []
    assert len(preferring.asked) == 1


async def test_each_part_of_a_question_is_asked_for_itself() -> None:
    preferring = Preferring("CLUSTER")
    await found(ExtractiveWriter(preferring), "When does VACUUM FULL lock a table, and what does CLUSTER sort?", LOCKS)
    assert len({question for question, _ in preferring.asked}) == 2


async def test_a_question_in_another_language_is_reranked_too() -> None:
    texts = ["Die Tabelle ist bis zum Mittag gesperrt.", "Die Tabelle ist bis zum Abend gesperrt."]
    question = "Bis wann ist die Tabelle gesperrt?"
    assert (await found(ExtractiveWriter(Preferring("Mittag")), question, texts))[0].claim == texts[0]
    assert (await found(ExtractiveWriter(Preferring("Abend")), question, texts))[0].claim == texts[1]


async def test_a_published_model_reads_words_in_their_order(tmp_path: Path) -> None:
    """Words and the vectors of single words hold these two equal."""
    question, texts = "What is a racehorse?", ["A horse race is dear.", "A race horse is dear."]
    toolkit = Toolkit(read_settings(data_dir=tmp_path, semantic=minilm.write(tmp_path / "minilm"), sources="wikipedia"))
    try:
        writer = toolkit.writers["extractive"]
        assert isinstance(writer, ExtractiveWriter)
        assert writer.info.why == "quotes verbatim, what minilm ranks first"
        assert (await found(ExtractiveWriter(), question, texts))[0].claim == texts[0]
        assert (await found(writer, question, texts))[0].claim == texts[1]
        assert (await found(writer, question, texts[::-1]))[0].claim == texts[1]
    finally:
        await toolkit.close()


def test_a_path_where_nothing_is_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^SAYSO_SEMANTIC: there is no file or folder .*/gone\.$"):
        read_settings(semantic=tmp_path / "gone")
    with pytest.raises(SettingsError, match=r"^SAYSO_SEMANTIC: .* asks for pixel_values"):
        Toolkit(read_settings(data_dir=tmp_path, semantic=onnx_models.image_model(tmp_path / "model")))


def test_without_the_setting_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from sayso.compose import Toolkit; from sayso.settings import read_settings;"
        "print(Toolkit(read_settings(sources='wikipedia')).writers['extractive'].info.why);"
        "print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert ran.stdout.splitlines() == ["quotes verbatim, needs no model", "set()"]
