"""Small ONNX models of each kind, written as the format has them (protocol buffers), and a tokenizer for them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = ("[PAD]", "[UNK]", "red", "green", "blue", "apple", "pear", "plum", "quince")
INT32, INT64, FLOAT = 6, 7, 1
TABLE = np.eye(len(WORDS), dtype=np.float32)
"""A direction for each word, so that the mean of a text's vectors counts its words."""


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a message: a number, or a text or message with its length before it."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(raw)) + raw


def varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int | Sequence[int]) -> bytes:
    made = b"".join(field(1, each) for each in inputs) + field(2, output) + field(4, kind)
    for name, value in attributes.items():
        if isinstance(value, int):
            made += field(5, field(1, name) + field(3, value) + field(20, 2))
        else:
            made += field(5, field(1, name) + b"".join(field(8, each) for each in value) + field(20, 7))
    return made


def value(name: str, kind: int, *shape: int | str) -> bytes:
    dims = b"".join(field(1, field(1 if isinstance(each, int) else 2, each)) for each in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


def write(
    folder: Path, nodes: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes], table: np.ndarray = TABLE
) -> Path:
    """A model whose nodes may use `table`, and its tokenizer, in `folder`."""
    rows, width = table.shape
    raw = field(1, rows) + field(1, width) + field(2, FLOAT) + field(8, "table") + field(9, table.tobytes())
    graph = b"".join(field(1, each) for each in nodes) + field(2, "graph") + field(5, raw)
    graph += b"".join(field(11, each) for each in inputs) + b"".join(field(12, each) for each in outputs)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 13)))
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def token_vectors(folder: Path, length: int | str = "length", table: np.ndarray = TABLE) -> Path:
    """Gives a vector for each token, of texts of any length or of one."""
    return write(
        folder,
        [node("Gather", ["table", "input_ids"], "last_hidden_state")],
        [value("input_ids", INT64, "batch", length), value("attention_mask", INT64, "batch", length)],
        [value("last_hidden_state", FLOAT, "batch", length, table.shape[1])],
        table,
    )


def text_vectors(folder: Path) -> Path:
    """Gives a vector for the text, after those of its tokens."""
    return write(
        folder,
        [
            node("Gather", ["table", "input_ids"], "token_embeddings"),
            node("ReduceMean", ["token_embeddings"], "sentence_embedding", axes=[1], keepdims=0),
        ],
        [value("input_ids", INT64, "batch", "length")],
        [
            value("token_embeddings", FLOAT, "batch", "length", len(WORDS)),
            value("sentence_embedding", FLOAT, "batch", len(WORDS)),
        ],
    )


def cross_encoder(folder: Path) -> Path:
    """Gives one number for a pair: the share of its tokens that are of the second text."""
    return write(
        folder,
        [
            node("Cast", ["token_type_ids"], "second", to=FLOAT),
            node("ReduceMean", ["second"], "logits", axes=[1], keepdims=1),
        ],
        [value("input_ids", INT32, "batch", "length"), value("token_type_ids", INT32, "batch", "length")],
        [value("logits", FLOAT, "batch", 1)],
    )


def image_model(folder: Path) -> Path:
    """Wants a picture."""
    return write(
        folder,
        [node("ReduceMean", ["pixel_values"], "logits", axes=[1], keepdims=1)],
        [value("pixel_values", FLOAT, "batch", 4)],
        [value("logits", FLOAT, "batch", 1)],
    )
