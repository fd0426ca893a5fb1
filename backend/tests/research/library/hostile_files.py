"""Files that mean harm, or are broken in ways that files are: each is a trap for a parser, an expression or a store."""

import gzip
import os
import random
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from research.office_files import pdf, word

_MEGABYTE = 1_000_000
_WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write_hostile_files(folder: Path) -> set[str]:
    """Make them all; returns their paths below `folder`."""
    for name, content in {**_documents(), **_texts(), **_markup()}.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    (folder / "locked.txt").write_text("Nobody may read this.")
    (folder / "locked.txt").chmod(0)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nothing.md").symlink_to("is-not-there.md")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / os.fsdecode(b"name-\xff.txt")).write_text("Its name is not valid text.")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.pdf").mkdir()
    return {path.name.encode("utf-8", "replace").decode() for path in folder.iterdir()} - {"folder.pdf"}


def _documents() -> dict[str, str | bytes]:
    whole = word("Fine", [("Normal", "All is well here.")])
    document = f'<w:document xmlns:w="{_WORDPROCESSING}"><w:body>%s</w:body></w:document>'
    paragraph = "<w:p><w:r><w:t>&big;</w:t></w:r></w:p>"
    cell = "<w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>"
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return {
        "bomb.docx": _with_document(whole, b"\0" * 350 * _MEGABYTE),
        "lies.docx": _with_document(whole, b" " * 30 * _MEGABYTE).replace(
            (30 * _MEGABYTE).to_bytes(4, "little"), (300).to_bytes(4, "little")
        ),
        "entities.docx": _with_document(
            whole, f"<!DOCTYPE d [{entities}<!ENTITY big '&e11;'>]>{document % paragraph}".encode()
        ),
        "deep.docx": _with_document(whole, (document % ("<w:p>" * 100_000 + "</w:p>" * 100_000)).encode()),
        "table.docx": _with_document(
            whole, (document % f"<w:tbl>{f'<w:tr>{cell * 40}</w:tr>' * 400}</w:tbl>").encode()
        ),
        "half.docx": whole[: len(whole) // 2],
        "not-zip.docx": b"PK\3\4" + random.Random(1).randbytes(50_000),
        "entries.docx": _archive({f"word/{number}.xml": b"" for number in range(20_000)}),
        "garbage.pdf": b"%PDF-1.7\n" + random.Random(2).randbytes(100_000),
        "half.pdf": pdf([["The first page."], ["The second page."]])[:400],
        "pages-loop.pdf": _pdf(b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
        "pages-many.pdf": _pdf(
            b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", b"<< /Type /Page /Parent 2 0 R >>"
        ),
        "arrays.pdf": _pdf(b"<< /Type /Pages /Kids " + b"[" * 50_000 + b"]" * 50_000 + b" /Count 1 >>"),
        "bomb.pdf": _pdf(
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            _stream(zlib.compress(b"q " * 100 * _MEGABYTE, 9), b"/Filter /FlateDecode"),
        ),
        "form-loop.pdf": _pdf(
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 4 0 R >> >> >>",
            _stream(b"/F Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /F 4 0 R >> >>"),
        ),
        "previous-loop.pdf": b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n"
        b"%%EOF",
    }


def _texts() -> dict[str, str | bytes]:
    words = random.Random(3)
    return {
        "binary.txt": random.Random(4).randbytes(2 * _MEGABYTE),
        "gzip.txt": gzip.compress(random.Random(5).randbytes(_MEGABYTE))[:500_000],
        "one-line.txt": "x" * 8 * _MEGABYTE,
        "no-stops.txt": " ".join(words.choice(("lock", "table", "vacuum", "index")) for _ in range(_MEGABYTE)),
        "nul.txt": b"One\0two\0three\0" * 10_000,
        "utf-16.txt": "The heron waits. Größe ist nicht alles.\n".encode("utf-16-le") * 2_000,
        "utf-32.txt": "The heron waits.\n".encode("utf-32") * 2_000,
        "half-of-utf-16.txt": "The heron waits.".encode("utf-16")[:-1],
        "surrogates.txt": "A lone \ud800 surrogate and its \udfff brother.\n" * 1_000,
        "surrogates.html": "<title>\ud800</title><h1>A &#xD800; surrogate \udfff</h1><p>It says something here.</p>",
        "empty.txt": b"",
        "blank.txt": " \n" * _MEGABYTE,
        "newlines.txt": "a" + "\n" * 4 * _MEGABYTE + "b",
        "spaces.txt": ("a" + " " * _MEGABYTE + "b\n") * 4,
        "unspaced.txt": "数据库文档管理系统" * 200_000,
        "dots.txt": ". " * _MEGABYTE,
        "bullets.txt": "- a\n" * 300_000,
        "accents.txt": "a" + "\u0301" * _MEGABYTE,
        "question-marks.txt": "?!" * _MEGABYTE,
        "digits.txt": "1234567890 " * 300_000,
    }


def _markup() -> dict[str, str | bytes]:
    row = "<tr>" + "<td>a cell of some words here</td>" * 10 + "</tr>"
    return {
        "deep.html": "<div>" * 100_000 + "Deep down." + "</div>" * 100_000,
        "tables.html": "<table><tr><td>" * 5_000 + "Deep down.",
        "table.html": f"<table>{row * 10_000}</table>",
        "unclosed.html": "<b><i><a href=x>word " * 30_000,
        "attributes.html": "<p " + " ".join(f"a{n}='{n}'" for n in range(100_000)) + ">Some words.</p>",
        "comments.html": "<!--" * 200_000 + "<p>Some words.</p>",
        "lists.html": "<dl><dt>t<dd>" * 3_000 + "Deep down.",
        "line.html": "<p>" + "no full stop here " * 200_000,
        "brackets.md": "[" * 50_000 + "](" * 50_000,
        "images.md": "![" * 20_000 + "a",
        "quotes.md": ">" * 20_000 + " deep\n",
        "lists.md": "".join("  " * depth + "- item\n" for depth in range(2_000)),
        "comments.md": "<!-- " * 100_000,
        "scripts.md": "<script>" * 50_000,
        "tags.md": "<a b='" * 50_000,
        "braces.mdx": "<A " + "{" * 50_000,
        "stars.md": "*a **b " * 50_000,
        "backticks.md": " ".join("`" * n for n in range(1, 1_500)),
        "fences.md": "".join(f"{'`' * (3 + n % 50)}\n" for n in range(20_000)),
        "table.md": "| a | b |\n| --- | --- |\n" + "| a cell of some words here | 1 |\n" * 30_000,
        "front.md": "---\n" * 200_000,
        "entities.md": "&#x1F600;&lt;" * 100_000,
        "directives.rst": "".join(" " * (3 * depth) + ".. note::\n\n" for depth in range(1_500))
        + " " * 4_500
        + "Deep.",
        "indented.rst": "".join(" " * depth + "a\n" for depth in range(3_000)),
        "inline.rst": "``a `b` *c |d| :e:`f " * 30_000,
        "grid.rst": ("+---" * 500 + "+\n" + "| a " * 500 + "|\n") * 100 + "+---" * 500 + "+\n",
        "titles.rst": "".join(f"T\n{'=-~^#*'[n % 6]}\n\n" for n in range(50_000)),
    }


def _archive(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with_document(docx: bytes, content: bytes) -> bytes:
    with ZipFile(BytesIO(docx)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return _archive({**entries, "word/document.xml": content})


def _stream(content: bytes, entries: bytes) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _pdf(*objects: bytes) -> bytes:
    """A PDF with these as its objects from number 2 on; 2 has the pages."""
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate([b"<< /Type /Catalog /Pages 2 0 R >>", *objects], start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, table)
