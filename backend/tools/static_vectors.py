"""Distils the table of word-piece vectors: `static_vectors.py MODEL_FOLDER OUTPUT_FOLDER`.

MODEL_FOLDER holds all-MiniLM-L6-v2 as published (`config.json`, `model.safetensors`, `vocab.txt`; Apache-2.0). Each
word piece is embedded alone between the model's two frame tokens and mean-pooled, the result is projected on its first
principal axes, weighted by log(1 + rank) (pieces are numbered by frequency; rare ones tell more) and kept as one byte
a number. It takes some minutes on one core and needs numpy alone.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

WIDTH = 256
"""Numbers of a vector in the table."""
BATCH = 512

Array = np.ndarray[Any, np.dtype[np.float32]]


def weights(path: Path) -> dict[str, Array]:
    """The tensors of a safetensors file: an 8-byte length, a JSON header with offsets, raw little-endian numbers."""
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            found[name] = np.frombuffer(raw[8 + length + start : 8 + length + end], "<f4").reshape(entry["shape"])
    return found


class Encoder:
    """The forward pass of BERT (Devlin et al., 2018) for a batch of sequences of one length, without padding."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text())
        self._weights = weights(folder / "model.safetensors")
        self._heads = config["num_attention_heads"]
        self._layers = config["num_hidden_layers"]
        self._epsilon = config["layer_norm_eps"]

    def __call__(self, tokens: np.ndarray[Any, np.dtype[np.int64]]) -> Array:
        """Mean of the last hidden states: (batch, length) ids to (batch, hidden)."""
        w = self._weights
        hidden = w["embeddings.word_embeddings.weight"][tokens]
        hidden = hidden + w["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        hidden = self._norm(hidden + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            attended = self._linear(
                self._attention(hidden, f"{layer}.attention.self"), f"{layer}.attention.output.dense"
            )
            hidden = self._norm(hidden + attended, f"{layer}.attention.output.LayerNorm")
            wide = _gelu(self._linear(hidden, f"{layer}.intermediate.dense"))
            hidden = self._norm(hidden + self._linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        return np.asarray(hidden.mean(1), np.float32)

    def _linear(self, hidden: Array, name: str) -> Array:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _norm(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + self._epsilon)
        return np.asarray(scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])

    def _attention(self, hidden: Array, name: str) -> Array:
        batch, length, size = hidden.shape
        parts = [
            self._linear(hidden, f"{name}.{part}").reshape(batch, length, self._heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        ]
        scores = parts[0] @ parts[1].transpose(0, 1, 3, 2) / np.sqrt(size / self._heads)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        return np.asarray((shares @ parts[2]).transpose(0, 2, 1, 3).reshape(batch, length, size))


def _gelu(x: Array) -> Array:
    # Abramowitz and Stegun 7.1.26 for the error function; its error is below 1.5e-7.
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    return np.asarray(0.5 * x * (1 + np.sign(x) * (1 - series * t * np.exp(-(z**2)))), np.float32)


def main(folder: Path, output: Path) -> None:
    pieces = (folder / "vocab.txt").read_text().splitlines()
    encode = Encoder(folder)
    begin, end = pieces.index("[CLS]"), pieces.index("[SEP]")
    batches = [np.arange(at, min(len(pieces), at + BATCH)) for at in range(0, len(pieces), BATCH)]
    embedded = np.concatenate(
        [encode(np.stack([np.full_like(ids, begin), ids, np.full_like(ids, end)], 1)) for ids in batches]
    )
    centred = embedded - embedded.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    weighted = centred @ axes[:WIDTH].T * np.log(1 + np.arange(len(pieces)))[:, None]
    np.save(output / "table.npy", (weighted / np.abs(weighted).max() * 127).round().astype(np.int8))
    (output / "pieces.txt").write_text("\n".join(pieces) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
