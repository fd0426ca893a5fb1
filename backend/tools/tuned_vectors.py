"""Tunes the table of word-piece vectors on whole texts: `python -m tools.tuned_vectors TABLE TEXTS OUTPUT`.

A table whose pieces were embedded alone (`tools.static_vectors`) does not know which words of a text carry its meaning.
Here the sum of a text's vectors is brought near to what the model makes of the whole text, three ways at once:

- each text's own vector, projected on the principal axes of all of them;
- who is near to whom in a batch (Kullback-Leibler divergence of the two softmax distributions, in and out of clusters);
- questions and the statements that answer them (`tools/questions`; InfoNCE, van den Oord et al. 2018): what people say
  and what documents say for one thing.

Single words are texts too, so that they keep their neighbours: kinship of words is asked of the same table.

TABLE is `table.npy` as `static_vectors` makes it, TEXTS a file with a text a line, OUTPUT where the new table goes. It
takes about an hour on two processors, most of it for what the model (`tools.minilm`) makes of the texts.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from sayso.language import meaning
from tools import minilm

STEPS, RATE = 3_000, 0.004
TEXTS_A_STEP, CLUSTERS, CLUSTERS_A_STEP = 384, 200, 5
QUESTIONS_A_STEP, OTHERS_A_STEP = 128, 256
NEAR, ANSWERS = 0.05, 0.07
"""Temperatures of the two softmax distributions."""
WEIGHT = 0.4
"""Of questions and answers against the two others."""
LONGEST, LONGEST_ANSWER = 90, 160
"""Pieces of a text, and of an answer with what stands around it."""
FOLDER = Path(__file__).with_name("questions")

Floats = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]


class Teacher:
    """The model: texts to vectors of length 1."""

    def __init__(self, folder: Path) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = 2
        self._session = InferenceSession(str(folder / "model.onnx"), options)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(64)

    def __call__(self, texts: Sequence[str], batch: int = 64) -> Floats:
        encodings = self._tokenizer.encode_batch(list(texts))
        order = np.argsort([len(each.ids) for each in encodings], kind="stable")
        found = np.zeros((len(texts), 384), np.float32)
        for first in range(0, len(order), batch):
            at = order[first : first + batch]
            longest = max(len(encodings[each].ids) for each in at)
            ids = np.zeros((len(at), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, each in enumerate(at):
                ids[row, : len(encodings[each].ids)] = encodings[each].ids
                mask[row, : len(encodings[each].ids)] = 1
            fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            hidden = np.asarray(self._session.run(None, fed)[0])
            found[at] = unit((hidden * mask[:, :, None]).sum(1))[0]
        return found


class Table:
    """The vectors being tuned, with Adam (Kingma and Ba, 2015) for the rows that a step touches."""

    def __init__(self, rows: Floats) -> None:
        self.rows = rows
        self._mean, self._square = np.zeros_like(rows), np.zeros_like(rows)
        self._steps = np.zeros(len(rows), np.int64)

    def sums(self, texts: Sequence[Numbers]) -> tuple[Floats, Numbers, Floats]:
        """The sum of each text's vectors; the pieces they have, and how often each (texts, pieces)."""
        pieces, which = np.unique(np.concatenate(texts), return_inverse=True)
        owner = np.repeat(np.arange(len(texts)), [len(each) for each in texts])
        counts = np.bincount(owner * len(pieces) + which, minlength=len(texts) * len(pieces))
        often = counts.reshape(len(texts), -1).astype(np.float32)
        return np.asarray(often @ self.rows[pieces], np.float32), np.asarray(pieces, np.int64), often

    def move(self, pieces: Numbers, gradient: Floats, rate: float) -> None:
        self._steps[pieces] += 1
        mean = self._mean[pieces] = 0.9 * self._mean[pieces] + 0.1 * gradient
        square = self._square[pieces] = 0.999 * self._square[pieces] + 0.001 * gradient**2
        taken = self._steps[pieces][:, None]
        self.rows[pieces] -= rate * (mean / (1 - 0.9**taken)) / (np.sqrt(square / (1 - 0.999**taken)) + 1e-8)


def unit(rows: Floats) -> tuple[Floats, Floats]:
    """The rows with length 1, and their lengths before."""
    lengths = np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return np.asarray(rows / lengths, np.float32), lengths


def through(gradient: Floats, unit_rows: Floats, lengths: Floats) -> Floats:
    """The gradient before `unit`."""
    return np.asarray((gradient - unit_rows * (gradient * unit_rows).sum(1, keepdims=True)) / lengths)


def softmax(scores: Floats) -> Floats:
    exponentials = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(1, keepdims=True))


def towards(made: Floats, wanted: Floats, model: Floats) -> Floats:
    """The gradient that brings vectors to `wanted`, and their neighbours to those of `model`."""
    own = np.eye(len(made), dtype=bool)
    mine = softmax(np.where(own, -1e4, made @ made.T / NEAR))
    theirs = softmax(np.where(own, -1e4, model @ model.T / NEAR))
    apart = (mine - theirs) / len(made)
    return np.asarray(-wanted / len(made) + (apart + apart.T) @ made / NEAR)


def answering(asked: Floats, answers: Floats, barred: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Floats, Floats]:
    """The gradients that bring each question to the answer of its row and away from all others that are not barred."""
    scores = softmax(np.where(barred, -1e4, asked @ answers.T / ANSWERS))
    scores[np.arange(len(asked)), np.arange(len(asked))] -= 1
    scores /= len(asked)
    return scores @ answers / ANSWERS, scores.T @ asked / ANSWERS


def clustered(vectors: Floats, random: np.random.Generator) -> list[Numbers]:
    """The texts in groups that are about the same (k-means by cosine)."""
    centres = vectors[random.choice(len(vectors), CLUSTERS, replace=False)]
    for _ in range(5):
        home = np.concatenate(
            [np.argmax(vectors[at : at + 20_000] @ centres.T, 1) for at in range(0, len(vectors), 20_000)]
        )
        centres = unit(np.stack([vectors[home == each].sum(0) for each in range(CLUSTERS)]))[0]
    return [found for each in range(CLUSTERS) if len(found := np.flatnonzero(home == each))]


def batches(groups: Sequence[Numbers], texts: int, random: np.random.Generator) -> Iterator[Numbers]:
    """Texts of all kinds and of a few kinds, in turn."""
    share = TEXTS_A_STEP // CLUSTERS_A_STEP
    while True:
        yield random.choice(texts, TEXTS_A_STEP, replace=False)
        some = random.choice(len(groups), CLUSTERS_A_STEP, replace=False)
        yield np.concatenate([random.choice(groups[at], min(share, len(groups[at])), replace=False) for at in some])


def main(table: Path, file: Path, output: Path) -> None:
    random = np.random.default_rng(1)
    pairs = [entry for each in sorted(FOLDER.glob("*.json")) for entry in json.loads(each.read_text("utf-8"))]
    above = [f"{each['title']}. {each['heading']}. {each['statement']}" for each in pairs]
    around = [f"{line} {each['around']}" for line, each in zip(above, pairs, strict=True)]
    asked = [each[way] for way in ("plain", "para") for each in pairs]
    words = [piece for piece in numbers() if piece.isascii() and piece.isalpha() and len(piece) > 2]
    texts = [*dict.fromkeys(file.read_text("utf-8").splitlines()), *words, *asked, *above]
    model = _remembered(texts, output.with_suffix(".teacher.npy"))
    held = [cut(text, LONGEST) for text in texts]
    kept = np.array([len(each) > 0 for each in held])
    held, model = [each for each in held if len(each)], model[kept]
    _, axes = np.linalg.eigh(model.T @ model)
    wanted = unit(model @ axes[:, ::-1][:, : meaning.WIDTH].astype(np.float32))[0]
    rows = Table(turned(np.load(table).astype(np.float32), held, wanted))
    questions, statements = [cut(each, LONGEST) for each in asked], [cut(each, LONGEST) for each in above]
    answers = [cut(each, LONGEST_ANSWER) for each in around]
    batch = batches(clustered(wanted, random), len(held), random)
    for step in range(STEPS):
        rate = RATE * min(1.0, (step + 1) / 50) * (1 - step / STEPS)
        at = next(batch)
        own = random.choice(len(pairs), QUESTIONS_A_STEP, replace=False)
        way = random.integers(2, size=len(own)) * len(pairs)
        others = random.choice(len(pairs), OTHERS_A_STEP, replace=False)
        run = [held[each] for each in at], [questions[each] for each in own + way]
        run2 = [answers[each] for each in [*own, *others]], [statements[each] for each in own]
        total, pieces, counts = rows.sums([text for part in (*run, *run2) for text in part])
        made, lengths = unit(total)
        ends = np.cumsum([len(part) for part in (*run, *run2)])
        whole, ask, answer, state = np.split(made, ends[:-1])
        barred = np.concatenate([own, others])[None, :] == own[:, None]
        np.fill_diagonal(barred, val=False)
        by_answer = answering(ask, answer, barred)
        by_statement = answering(ask, state, barred[:, : len(own)])
        gradient = np.concatenate(
            [
                towards(whole, wanted[at], model[at]),
                WEIGHT * (by_answer[0] + by_statement[0] / 2),
                WEIGHT * by_answer[1],
                WEIGHT * by_statement[1] / 2,
            ]
        )
        rows.move(pieces, counts.T @ through(np.asarray(gradient, np.float32), made, lengths), rate)
        if step % 100 == 99:
            print(f"{step + 1}: cosine {np.mean((whole * wanted[at]).sum(1)):.3f}", flush=True)
    np.save(output, quantised(rows.rows))


def turned(table: Floats, texts: Sequence[Numbers], wanted: Floats) -> Floats:
    """The table in the axes of `wanted`, by least squares over the texts."""
    some = np.linspace(0, len(texts) - 1, min(20_000, len(texts))).astype(int)
    sums = unit(np.stack([table[texts[each]].sum(0) for each in some]))[0]
    found = table @ np.linalg.lstsq(sums, wanted[some], rcond=None)[0]
    return np.asarray(found / np.linalg.norm(found, axis=1).mean(), np.float32)


def quantised(rows: Floats) -> np.ndarray[Any, np.dtype[np.int8]]:
    """One byte a number. A few large ones are cut, so that the others keep their differences."""
    most = np.quantile(np.abs(rows), 0.9999)
    return np.asarray((rows / most * 127).round().clip(-127, 127), np.int8)


def cut(text: str, most: int) -> Numbers:
    return np.array(meaning._numbers(meaning._table(), text)[:most], np.int64)


def numbers() -> list[str]:
    return list(meaning._table()._numbers)


def _remembered(texts: Sequence[str], file: Path) -> Floats:
    """What the model makes of the texts, kept beside the output for the next time."""
    if file.exists() and len(known := np.load(file)) == len(texts):
        return np.asarray(known, np.float32)
    vectors = Teacher(minilm.write(file.parent / "minilm"))(texts)
    np.save(file, vectors.astype(np.float16))
    return vectors


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
