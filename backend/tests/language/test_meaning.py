"""Vectors of texts: what means the same is near, and nothing else is promised of them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.meaning import LIKE, WIDTH, Vectors, embedded, kinship, packed


def cosine(one: str, other: str) -> float:
    a, b = embedded([one, other])
    return float(a @ b)


@pytest.mark.parametrize(
    ("one", "synonym", "stranger"),
    [
        ("car", "automobile", "banana"),
        ("doctor", "physician", "carpet"),
        ("purchase", "buy", "river"),
        ("begin", "start", "yellow"),
        ("error", "mistake", "bread"),
        ("delete the record", "remove the entry", "paint the wall"),
        ("How much does it cost?", "What is the price?", "Who was the captain?"),
        ("The shop opens at nine.", "The store is open from nine on.", "The lake is eight metres deep."),
    ],
)
def test_a_synonym_is_nearer_than_a_stranger(one: str, synonym: str, stranger: str) -> None:
    assert cosine(one, synonym) > cosine(one, stranger) + 0.1


def test_the_table_gives_a_row_of_unit_length_for_each_text() -> None:
    rows = embedded(["a lock", "", "a table of plans and prices", "\0", "?!"])
    assert rows.shape == (5, WIDTH)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1).round(5).tolist() == [1, 0, 1, 0, 0]
    assert embedded([]).shape == (0, WIDTH)


def test_capitals_accents_and_signs_make_no_difference() -> None:
    assert np.allclose(embedded(["Café, LOCK!"]), embedded(["cafe lock"]))


@pytest.mark.parametrize("text", ["zxqvkjw", "x" * 5_000, "漢字", "ราคา", "🙂🙂", "\ud800", "a\u0301" * 50])
def test_words_that_nobody_knows_do_no_harm(text: str) -> None:
    row = embedded([text])[0]
    assert np.isfinite(row).all()
    assert float(np.linalg.norm(row)) == pytest.approx(0, abs=1e-4) or float(np.linalg.norm(row)) == pytest.approx(1)


def test_a_word_is_put_together_from_its_pieces() -> None:
    assert cosine("unfriendliness", "friendliness") > cosine("unfriendliness", "locomotive")
    assert cosine("checkpointing", "checkpoint") > cosine("checkpointing", "butterfly") + 0.1


@given(st.lists(st.text(max_size=40), max_size=8))
def test_a_text_has_its_vector_whatever_stands_beside_it(texts: list[str]) -> None:
    rows = embedded(texts)
    assert rows.shape == (len(texts), WIDTH)
    for row, text in zip(rows, texts, strict=True):
        assert np.allclose(row, embedded([text])[0], atol=1e-5)


def test_many_texts_are_as_one_by_one() -> None:
    texts = [f"passage {number} tells of locks and tables" for number in range(600)]
    rows = embedded(texts)
    assert np.allclose(
        rows[[0, 255, 256, 511, 599]], embedded([texts[at] for at in (0, 255, 256, 511, 599)]), atol=1e-5
    )


def test_a_byte_a_number_is_near_enough() -> None:
    rows: Vectors = embedded(["a lock on a table", "the price of a plan", "opening hours"])
    bytes_ = packed(rows)
    assert bytes_.dtype == np.int8
    assert bytes_.shape == rows.shape
    assert np.allclose(bytes_.astype(np.float32) @ rows.T / 127, rows @ rows.T, atol=0.03)


def test_kinship_rises_with_the_cosine_and_begins_at_a_bound() -> None:
    cosines = np.array([-1, 0, LIKE - 0.01, LIKE, 0.7, 1], np.float32)
    kin = kinship(cosines).tolist()
    assert kin[:3] == [0, 0, 0]
    assert all(one < other for one, other in pairwise(kin[2:]))
    assert kin[-1] == 1
