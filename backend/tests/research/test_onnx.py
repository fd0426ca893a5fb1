"""Rerankers from ONNX files: each kind of model, the one that is published, and those that cannot be used."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import SettingsError
from sayso.research.onnx import LONGEST, OnnxModel
from support import onnx_models
from tools import minilm


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return minilm.write(tmp_path_factory.mktemp("models") / "minilm")


def test_a_published_model_knows_other_words_for_the_same(published: Path) -> None:
    reranker = OnnxModel(published)
    texts = [
        "The weather in Ghent was mild and the harvest good.",
        "pg_dump is a utility for backing up a PostgreSQL database.",
        "The copy of the letter lies in the drawer.",
    ]
    scores = reranker.score("How do I keep a spare copy of everything that is in my database?", texts)
    assert scores.shape == (3,)
    assert scores.argmax() == 1
    assert 0.3 < scores[1] < 0.9
    assert scores[0] < 0.15
    assert reranker.name == "minilm"


def test_a_score_does_not_depend_on_the_other_texts(published: Path) -> None:
    reranker = OnnxModel(published)
    texts = ["A long exclusive lock.", "Locks " * 400, "", "VACUUM FULL rewrites the table."]
    together = reranker.score("What locks a table?", texts)
    alone = [reranker.score("What locks a table?", [text])[0] for text in texts]
    assert together.tolist() == alone
    assert np.isfinite(together).all()


@pytest.mark.parametrize("make", [onnx_models.token_vectors, onnx_models.text_vectors])
def test_an_embedding_model_gives_cosines(make: Callable[[Path], Path], tmp_path: Path) -> None:
    reranker = OnnxModel(make(tmp_path / "model"))
    scores = reranker.score("red apple", ["red apple", "red pear", "green plum", "red"])
    assert scores == pytest.approx([1, 0.5, 0, 0.5**0.5])


def test_what_fills_a_text_up_to_a_fixed_length_does_not_count(tmp_path: Path) -> None:
    reranker = OnnxModel(onnx_models.token_vectors(tmp_path / "model", length=6))
    assert reranker.score("red", ["red apple", "blue"]) == pytest.approx([0.5**0.5, 0])
    assert reranker.score("plum", ["red " * 6 + "plum"]) == pytest.approx([0])


def test_a_cross_encoder_reads_question_and_text_together(tmp_path: Path) -> None:
    reranker = OnnxModel(onnx_models.cross_encoder(tmp_path / "model"))
    scores = reranker.score("red apple", ["pear", "pear plum", "pear plum green blue quince plum"])
    assert scores == pytest.approx([1 / 3, 2 / 4, 6 / 8])


def test_a_model_may_lie_as_it_is_published_or_be_named_itself(tmp_path: Path) -> None:
    made = onnx_models.text_vectors(tmp_path / "colours")
    assert OnnxModel(made / "model.onnx").name == "model"
    (made / "onnx").mkdir()
    shutil.move(made / "model.onnx", made / "onnx" / "model.onnx")
    assert OnnxModel(made).name == "colours"
    shutil.move(made / "onnx" / "model.onnx", made / "colours-int8.onnx")
    assert OnnxModel(made).score("red", ["red"]) == pytest.approx([1])


def test_a_longer_text_than_the_model_takes_is_cut(tmp_path: Path) -> None:
    reranker = OnnxModel(onnx_models.token_vectors(tmp_path / "model"))
    assert reranker.score("plum", ["red " * LONGEST + "plum"]) == pytest.approx([0])
    assert reranker.score("plum", ["red " * (LONGEST - 1) + "plum"])[0] > 0


def _refusal(path: Path) -> str:
    with pytest.raises(SettingsError, match=r"^SAYSO_SEMANTIC: ") as refused:
        OnnxModel(path)
    return str(refused.value)


def test_a_path_without_a_model_is_refused(tmp_path: Path) -> None:
    assert "no ONNX model" in _refusal(tmp_path)
    assert "no ONNX model" in _refusal(tmp_path / "gone.onnx")


def test_a_model_without_its_tokenizer_is_refused(tmp_path: Path) -> None:
    made = onnx_models.text_vectors(tmp_path / "model")
    (made / "tokenizer.json").unlink()
    assert "no tokenizer.json beside" in _refusal(made)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_is_something_else_is_refused(name: str, tmp_path: Path) -> None:
    made = onnx_models.text_vectors(tmp_path / "model")
    (made / name).write_text("<html>Not found</html>")
    said = _refusal(made)
    assert f"{name} cannot be read" in said
    assert "\n" not in said


def test_a_model_that_asks_for_something_else_is_refused(tmp_path: Path) -> None:
    said = _refusal(onnx_models.image_model(tmp_path / "model"))
    assert "asks for pixel_values (tensor(float)); a text model asks for input_ids" in said


def test_a_model_of_other_words_is_refused(tmp_path: Path) -> None:
    """It would break at the first word that it does not have, in the middle of a run."""
    fewer = np.ones((len(onnx_models.WORDS) - 1, 16), np.float32)
    assert "do not go together" in _refusal(onnx_models.token_vectors(tmp_path / "model", table=fewer))


def test_a_model_that_tells_classes_apart_is_refused(tmp_path: Path) -> None:
    classes = np.ones((len(onnx_models.WORDS), 3), np.float32)
    assert "no vector, and no score" in _refusal(onnx_models.token_vectors(tmp_path / "model", table=classes))


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_what_to_install_is_said(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = onnx_models.text_vectors(tmp_path / "model")
    monkeypatch.setitem(sys.modules, missing, None)
    assert "pip install 'sayso[semantic]'" in _refusal(made)
