"""The workflow that tidies a text: what it hears, and what earlier runs of it need."""

from pathlib import Path

import pytest

from sayso.engine.hosting import HostedWorkflow
from sayso.engine.names import load_class
from sayso.rewrite.text import WISHES, heard, rewritten
from sayso.rewrite.workflow import RewriteWorkflow

ROOT = Path(__file__).parents[3]


def test_a_rejection_without_a_word_never_brings_the_same_wishes_again() -> None:
    wishes: list[str] = []
    tried = [tuple(wishes)]
    for _ in WISHES:
        (said,) = heard(" ", wishes)
        assert said == f"Rejected without a word, so this time: {', '.join(wishes)}."
        tried.append(tuple(wishes))
    assert len(set(tried)) == len(WISHES) + 1
    assert heard("", wishes) == ["Rejected without a word, so this time: none of the wishes."]
    assert wishes == []


def test_words_are_heard_before_any_turn() -> None:
    wishes = ["shorter"]
    assert heard("No shorter, but bullet points", wishes) == ["Your wishes: bullet points."]
    assert heard("like Hemingway", wishes) == [
        "The feedback was not understood. Say one of: shorter, bullet points, keep contractions."
    ]
    text, changes = rewritten("we can't  wait", wishes)
    assert (text, changes) == ("- We cannot wait", ["Tidied spaces.", "Expanded contractions."])


def test_runs_of_the_example_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their checkpoints name its classes where they were once, and were made by these steps."""
    monkeypatch.syspath_prepend(str(ROOT))
    for name in ("Again", "Decision", "RewriteWorkflow", "Text", "TextReview", "Working"):
        assert load_class(f"examples.rewrite_workflow:{name}") is load_class(f"sayso.rewrite.workflow:{name}")
    assert HostedWorkflow("rewrite", RewriteWorkflow(timeout=None)).fingerprint == "a722eb6bf26c00c7"
