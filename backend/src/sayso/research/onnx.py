"""A text model from an ONNX file: a sentence-embedding model or a cross-encoder, with its `tokenizer.json`.

What a model is, it says itself. One number for a pair of texts is a cross-encoder's. A vector for each token is an
embedding model without its last step, so the mean over the tokens is taken; one vector is the text's. A text goes
through alone, so that its score does not depend on others: with the weights of many small models, which are
quantised to a byte, it would. Needs the extra `sayso[semantic]`.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from sayso.errors import SettingsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

SETTING = "SAYSO_SEMANTIC"
LONGEST = 256
"""Tokens of a text, or of a pair, if the tokenizer does not say less."""
MODELS = ("model.onnx", "onnx/model.onnx")
"""Where models are in a folder, as they are published."""
RESULTS = ("sentence_embedding", "logits")
"""Names of the result to take, if a model has several; otherwise its first."""
INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
"""What a model may ask for, and what a tokenizer calls it."""
NUMBERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
NARROWEST = 8
"""Numbers from which a result is a vector, and no choice between a few classes."""


class OnnxModel:
    """Implements `sayso.writers.extractive.reranking.Reranker`, and `sayso.research.encoder.Encoder` where it
    is no cross-encoder.

    Attributes:
        name: for people.
        digest: of its file.
        pairs: whether it is a cross-encoder, which has no vector of one text.
    """

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        """Loads the model, and runs it once.

        Args:
            path: the ONNX file, or a folder that has it.
            threads: how many compute one score.

        Raises:
            SettingsError: what runs it is not installed, or the model cannot be used.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise SettingsError(
                f"{SETTING}: a model needs what is not installed ({error.name}): pip install 'sayso[semantic]'"
            ) from error
        file = _model(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        providers = ["CPUExecutionProvider"]
        self._tokenizer: Tokenizer = _read(_tokenizer(file), Tokenizer.from_file)
        self._session: InferenceSession = _read(
            file, lambda name: onnxruntime.InferenceSession(name, options, providers=providers)
        )
        self.name = path.name if path.is_dir() else path.stem
        self._inputs: dict[str, Any] = {}
        for each in self._session.get_inputs():
            if each.name not in INPUTS or each.type not in NUMBERS:
                raise SettingsError(
                    f"{SETTING}: {file} asks for {each.name} ({each.type}); a text model asks for {', '.join(INPUTS)}."
                )
            self._inputs[each.name] = NUMBERS[each.type]
        results = [each.name for each in self._session.get_outputs()]
        self._result: str = next((name for name in RESULTS if name in results), results[0])
        self._fit(self._session.get_inputs()[0].shape)
        self.pairs = self._tried(file)
        self.digest = _digest(file)

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """Shape (texts,): what a cross-encoder says of each pair, or the cosines of the question with each."""
        if self.pairs:
            said = np.array([self._run(self._tokenizer.encode(question, text)).item() for text in texts], np.float64)
            return np.asarray(np.nan_to_num(said))
        asked = self.vector(question)
        return np.array([float(asked @ self.vector(text)) for text in texts], np.float64)

    def vector(self, text: str) -> Floats:
        """Shape (numbers of the model,), of length 1; of a model that is no cross-encoder."""
        encoding = self._tokenizer.encode(text)
        given = np.asarray(self._run(encoding)[0], np.float64)
        if given.ndim == 2:
            mask = np.array(encoding.attention_mask, np.float64)
            given = mask @ given / max(1.0, mask.sum())
        given = np.nan_to_num(given)
        return np.asarray(given / max(1e-9, float(np.linalg.norm(given))))

    def _run(self, encoding: "Encoding") -> "np.ndarray[Any, Any]":
        fed = {name: np.array([getattr(encoding, INPUTS[name])], kind) for name, kind in self._inputs.items()}
        return np.asarray(self._session.run([self._result], fed)[0])

    def _fit(self, shape: Sequence[object]) -> None:
        """Cut texts to what the model takes; fill them up if it takes one length only."""
        said = (self._tokenizer.truncation or {}).get("max_length", LONGEST)
        fixed = shape[1] if len(shape) > 1 and isinstance(shape[1], int) else None
        self._longest = fixed or min(said, LONGEST)
        self._tokenizer.enable_truncation(self._longest)
        if fixed:
            padding = self._tokenizer.padding or {}
            kept = {name: padding[name] for name in ("pad_id", "pad_token", "pad_type_id") if name in padding}
            self._tokenizer.enable_padding(length=fixed, **kept)
        else:
            self._tokenizer.no_padding()

    def _tried(self, file: Path) -> bool:
        """Whether the model is a cross-encoder, by a run of the longest text with the tokenizer's last token.

        Raises:
            SettingsError: it does not run, or gives neither a vector nor a score.
        """
        numbers = self._tokenizer.get_vocab()
        last = max(numbers, key=lambda token: numbers[token])
        ids = np.full((1, self._longest), numbers[last])
        whole = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        try:
            fed = {name: whole[name].astype(kind) for name, kind in self._inputs.items()}
            shape = np.shape(self._session.run([self._result], fed)[0])
        except Exception as error:
            raise SettingsError(f"{SETTING}: {file} and its tokenizer do not go together: {_line(error)}") from error
        if shape in ((1,), (1, 1)):
            return True
        if len(shape) in (2, 3) and shape[0] == 1 and shape[-1] >= NARROWEST:
            return False
        raise SettingsError(
            f"{SETTING}: {file} gives {self._result} of shape {shape}: no vector, and no score of a pair."
        )


@lru_cache(1)
def text_model(path: Path) -> OnnxModel:
    """The model at `path`, loaded once for all that use it.

    Raises:
        SettingsError: as `OnnxModel`.
    """
    return OnnxModel(path)


def _model(path: Path) -> Path:
    found = [path] if path.is_file() else [file for name in MODELS if (file := path / name).is_file()]
    found = found or sorted(path.glob("*.onnx"))[:1]
    if not found:
        raise SettingsError(
            f"{SETTING}: there is no ONNX model at {path}; name a .onnx file, or a folder that has one."
        )
    return found[0]


def _tokenizer(model: Path) -> Path:
    above = [model.parent.parent] if model.parent.name == "onnx" else []
    for folder in [model.parent, *above]:
        if (file := folder / "tokenizer.json").is_file():
            return file
    raise SettingsError(f"{SETTING}: there is no tokenizer.json beside {model}; it is published with the model.")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read(file: Path, read: Callable[[str], Any]) -> Any:
    try:
        return read(str(file))
    except Exception as error:  # both libraries raise what they like
        raise SettingsError(f"{SETTING}: {file} cannot be read: {_line(error)}") from error


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
