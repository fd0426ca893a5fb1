"""The process that reads files: `python -m sayso.research.library.reader_worker PARENT LOADED`, driven by
`ReaderProcess`. LOADED is the module that it loads before the first file comes, whose time it would cost.

One JSON object a line, both ways. In: `{"path", "known", "seconds", "memory"}`: the digest under which the file is
indexed or null, the processor time that it may take, and the bytes of memory beyond what the process has anyway.
Out, after a first line `{"ready": true}`: `{"digest"}` and one of
- `"unchanged": true`, the digest is the known one,
- `"title"`, `"date"` or null, `"language"`, `"text"`, `"notice"` or null, `"chunks"`: as many lines follow, each a list
  of passages (see `Analysed.to_json`),
- `"reason"`: why it cannot be read; with `"retry": true` if that may be different another time, with `"memory": true`
  if it was the memory.
With `"picture"` in the request, `{"page", "quote", "before"}`, the file is a PDF of which one page is to be drawn. Out:
- `"page"`, `"width"`, `"height"`, `"boxes"`, `"goes_on"` (see `Picture`), `"chunks"`: 1; the PNG follows in base 64,
- or `"reason"` as above.
With each comes `"grown"`: bytes that the process has beyond what it has for itself.
"""

import base64
import contextlib
import hashlib
import importlib
import json
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.research.formats import SECONDS_PER_FILE, Unreadable

_LOADED_LATER = 125 * 1024 * 1024
"""Bytes of address space for parsers, and for telling languages, loaded with the first file that needs them."""
NO_MEMORY = "needs too much memory to read"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of one file: see above."""

    head: dict[str, Any]
    chunks: Sequence[bytes] = ()


def read(path: str, known: str | None) -> Reply:
    """The reply about one file."""
    from sayso.research.library.documents import extract

    digest = ""
    try:
        data = Path(path).read_bytes()
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        if digest == known:
            return Reply({"digest": digest, "unchanged": True})
        document = extract(path, data)
        del data
        chunks = [_json([each.to_json() for each in passages]) for passages in document.chunks()]
    except Unreadable as error:
        return Reply({"digest": digest, "reason": str(error)})
    except OSError as error:
        return Reply({"digest": digest, "reason": f"cannot be opened ({error.strerror or error})", "retry": True})
    except MemoryError:
        return Reply({"digest": digest, "reason": NO_MEMORY, "memory": True})
    head = {
        "digest": digest,
        "title": document.title,
        "date": document.date,
        "text": document.text,
        "language": document.language,
        "notice": document.notice,
        "chunks": len(chunks),
    }
    return Reply(head, chunks)


def draw(path: str, page: int, quote: str, before: str) -> Reply:
    """The reply about one page."""
    from sayso.research.readers.pdf_picture import pictured

    try:
        picture = pictured(Path(path).read_bytes(), page, quote, before)
    except Unreadable as error:
        return Reply({"reason": str(error)})
    except OSError as error:
        return Reply({"reason": f"cannot be opened ({error.strerror or error})"})
    except MemoryError:
        return Reply({"reason": "needs too much memory to draw", "memory": True})
    except Exception:  # parsers of broken files raise all sorts
        return Reply({"reason": "cannot be read as a PDF now"})
    head = {name: getattr(picture, name) for name in ("page", "width", "height", "boxes", "goes_on")}
    return Reply({**head, "chunks": 1}, [_json(base64.b64encode(picture.png).decode())])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def main() -> None:
    # Whatever a parser prints must not end up among the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable()
    warnings.simplefilter("ignore")
    _be_modest()
    importlib.import_module(sys.argv[2])
    replies.write(b'{"ready": true}\n')
    replies.flush()
    own = _address_space() + _LOADED_LATER
    for line in sys.stdin:
        request = json.loads(line)
        with _limited(request["seconds"], own + request["memory"]):
            picture = request.get("picture")
            reply = draw(request["path"], **picture) if picture else read(request["path"], request["known"])
            head = {**reply.head, "grown": _address_space() - own}
            replies.writelines(part + b"\n" for part in (_json(head), *reply.chunks))
            replies.flush()
            del reply


def _be_modest() -> None:
    """Let the server go first, and do not outlive it."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        kill_with_parent = 1  # PR_SET_PDEATHSIG, of Linux; elsewhere the limits of the file under way end it
        ctypes.CDLL(None).prctl(kill_with_parent, signal.SIGKILL)
        if os.getppid() != int(sys.argv[1]):
            sys.exit()


def _address_space() -> int:
    """Bytes of it that the process has now; none where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


@contextlib.contextmanager
def _limited(seconds: float, memory: int) -> Iterator[None]:
    """End the process where one file takes more processor time, or hangs; refuse more memory."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    import resource  # not on Windows, as the timers

    # The parent gives up first; the clock is for a parser that hangs after the parent is gone.
    signal.setitimer(signal.ITIMER_REAL, SECONDS_PER_FILE * 7)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
