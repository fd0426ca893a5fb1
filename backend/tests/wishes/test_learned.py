"""What was learned from what people say: that it is of the lines at hand, small, quick, and reads others too."""

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from benchmarks.wishes.outcomes import SHOWN, outcome
from benchmarks.wishes.said import learning, said
from tools.wish_lines import examples, known

from sayso.wishes.learned import FILE, MEANINGS, Weights, weights
from sayso.wishes.polarity import understood
from sayso.wishes.reading import read
from sayso.wishes.tokens import FINDING, NAME, NUMBER, tokens
from sayso.writers.extractive.lengths import honours


def test_the_weights_are_of_the_lines_that_are_there() -> None:
    forms, grammar = known(examples(learning()))
    stale = "learning*.txt has changed: python -m tools.wish_weights"
    assert (list(weights().known), weights().grammar) == (forms, grammar), stale


def test_the_weights_are_small_and_are_stored_as_they_are_used(tmp_path: Path) -> None:
    assert FILE.stat().st_size < 200_000
    weights().save(tmp_path / "weights.npz")
    assert (tmp_path / "weights.npz").read_bytes() == FILE.read_bytes()
    again = Weights.load(tmp_path / "weights.npz")
    view = again.view(tokens("Nothing on prices, but what does a bike weigh?"))
    meanings, parts = again.read(view)
    assert meanings == weights().read(view)[0]
    assert np.array_equal(parts, weights().read(view)[1])


def test_a_clause_is_understood_in_a_few_milliseconds() -> None:
    lines = [line.text for line in said("learning_held.txt")]
    weights()
    started = time.process_time()
    for line in lines:
        weights().read(weights().view(tokens(line)))
    assert (time.process_time() - started) / len(lines) < 0.005


def test_what_it_was_learned_from_is_read_right() -> None:
    lines = said("learning.txt")
    found = Counter(outcome(line, read(line.text, SHOWN)) for line in lines)
    assert len(lines) > 2_000
    assert found["right"] > 0.88 * len(lines)
    assert found["inverted"] < 0.002 * len(lines)


def test_what_strangers_say_of_a_report_is_mostly_read_right_and_hardly_ever_turned_round() -> None:
    """What was here before read 106 of these right and 9 as their opposite; nothing was learned from them."""
    lines = said("strangers.txt")
    found = Counter(outcome(line, read(line.text, SHOWN)) for line in lines)
    assert len(lines) == 300
    assert found["right"] >= 200, found
    assert found["inverted"] <= 5, found


@pytest.mark.parametrize("text", ["", " ", "!", "…", "日本語", "a" * 5_000, "drop " * 400])
def test_whatever_is_said_has_a_meaning(text: str) -> None:
    said_ = understood(text)
    assert sum(said_.meanings.values()) == pytest.approx(1, abs=1e-3)
    assert said_.parts.shape == (len(said_.found), 3)
    assert np.isfinite(said_.parts).all()


def test_of_what_was_held_apart_little_is_read_as_its_opposite() -> None:
    """The rules that were here before read 77 of the 252 as their opposite, and 59 right."""
    lines = said("learning_held.txt")
    found = Counter(outcome(line, read(line.text, SHOWN)) for line in lines)
    assert len(lines) == 252
    assert found["inverted"] <= 10, found
    assert found["right"] >= 80, found


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Drop the second finding.", ["drop", "the", FINDING]),
        ("Keep f1 and f12.", ["keep", FINDING, "and", FINDING]),
        ("I don't like women's hockey", ["i", "do", "n't", "like", "women", "hockey"]),
        ("Not “free of charge”!", ["not", NAME]),
        ("DROP INDEX in pg_repack 4", [NAME, NAME, "in", NAME, NUMBER]),
        ("", []),
    ],
)
def test_names_are_one_token_whatever_words_are_in_them(text: str, forms: list[str]) -> None:
    assert [each.form for each in tokens(text)] == forms


def test_what_a_name_says_does_not_count() -> None:
    assert understood("Look for “nothing without us”.").may_be_searched
    assert set(understood("Anything.").meanings) == set(MEANINGS)


@pytest.mark.parametrize(
    ("note", "honoured"),
    [
        ("Make it shorter, please.", True),
        ("three sentences for a board", True),
        ("one paragraph", True),
        ("Shorter sentences, please.", False),
        ("shorter, in German", False),
        ("Make it shorter and more formal.", False),
    ],
)
def test_a_writer_without_a_model_promises_only_what_it_can_do(note: str, honoured: bool) -> None:
    assert honours(note) is honoured
