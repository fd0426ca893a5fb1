"""The options of a report run, checked before it starts."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError, ReportOptions, validated
from sayso.research.source import Narrowing, SearchSource
from sayso.writers.extractive.writer import NAME as EXTRACTIVE
from sayso.writers.port import Writer


def check_options(
    options: Mapping[str, JsonValue], sources: Sequence[str], writers: Mapping[str, Writer], default: str
) -> ReportOptions:
    """`options` as a record, of what there is here.

    Args:
        sources: names of the sources that there are.
        writers: the writers that there are, by name.
        default: the one of a run that names none.

    Raises:
        ProtocolError: `invalid_frame`, naming the field below `options`.
    """
    checked = parsed_options(options)
    unknown = next((name for name in checked.sources or [] if name not in sources), None)
    if unknown is not None:
        raise _refused("sources", f"there is no source {unknown[:100]!r}; there is {', '.join(sources) or 'none'}.")
    if checked.sources == []:
        raise _refused("sources", "name at least one source, or leave it out for all of them.")
    if checked.writer is not None:
        writer = writers.get(checked.writer)
        if writer is None or not writer.info.ready:
            why = writer.info.why if writer else "it is not set up here"
            raise _refused("writer", f"the writer {checked.writer!r} cannot be used: {why}.")
    if (checked.writer or default) == EXTRACTIVE:
        # A wish that nobody can meet is better refused than forgotten.
        for field, value in (("language", checked.language), ("audience", checked.audience)):
            if value is not None:
                raise _refused(field, "the extractive writer quotes, so it cannot; it can be shorter (`length`).")
    return checked


async def check_documents(names: Sequence[str], sources: Sequence[SearchSource]) -> None:
    """Check that the documents that a question is asked of are there.

    Raises:
        ProtocolError: `invalid_frame`, with the first that is not.
    """
    parts = [source for source in sources if isinstance(source, Narrowing)]
    if not parts:
        raise _refused("documents", "no source here can be asked of some documents only.")
    missing = set(names)
    for part in parts:
        missing &= await part.missing(names)
    if missing:
        first = next(name for name in names if name in missing)
        raise _refused("documents", f"there is no document {first[:100]!r}; `GET /api/library` lists them.")


def parsed_options(options: Mapping[str, JsonValue]) -> ReportOptions:
    """`options` as a record, whatever sources and writers there are.

    Raises:
        ProtocolError: `invalid_frame`, naming the field below `options`.
    """
    try:
        return validated(ReportOptions, dict(options))
    except ProtocolError as error:
        raise _refused(error.field or "", error.message) from error


def _refused(field: str, message: str) -> ProtocolError:
    path = f"options.{field}" if field else "options"
    return ProtocolError(ErrorCode.INVALID_FRAME, f"{path}: {message.removeprefix(f'{field}: ')}", field=path)
