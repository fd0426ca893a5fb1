"""What may be in anything that a client sends: texts that can be stored, numbers that can be counted, no endless depth.

One rule for every frame and body, so that no database and no other program has to meet what it cannot hold.
"""

import math
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

MAX_DEPTH = 64
"""Objects and lists within one another."""
MAX_NUMBER = 2**53 - 1
"""Largest whole number: what JavaScript still counts exactly."""
MAX_SEQ = 2**31 - 1
"""Largest `seq`; both databases keep it in 32 bits."""

Seq = Annotated[int, Field(ge=1, le=MAX_SEQ)]
After = Annotated[int, Field(ge=0, le=MAX_SEQ)]

Path = tuple[str | int, ...]
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` with its line ends as newlines.

    Raises:
        ValueError: it holds what is no text: a control character other than tab and newline, or half a surrogate pair.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _NO_TEXT.search(text)
    if found:
        raise ValueError(f"holds U+{ord(found[0]):04X}; of control characters a text may have tab and newline")
    return text


Plain = Annotated[str, AfterValidator(plain)]
"""A text in an address: of a path or a query."""


class Input(BaseModel):
    """Base of everything that a client sends. Unknown fields are refused; a field that is `null` is one left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, data: Any) -> Any:
        data = storable(data)
        if not isinstance(data, dict):
            return data
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        return {name: value for name, value in data.items() if value is not None or name in required}


def storable(value: Any) -> Any:
    """JSON as the server takes it, with plain texts.

    Raises:
        ValidationError: what it cannot take, and where.
    """
    return _storable(value, ())


def _storable(value: Any, where: Path) -> Any:
    match value:
        case str():
            return _text(value, where)
        case bool() | None:
            return value
        case int() if abs(value) > MAX_NUMBER:
            raise _refused(where, f"is a number beyond {MAX_NUMBER:,}; send it as a text")
        case float() if not math.isfinite(value):
            raise _refused(where, "is not a finite number")
        case dict() | list() if len(where) >= MAX_DEPTH:
            raise _refused(where[:3], f"is more than {MAX_DEPTH} levels deep")
        case dict():
            return {_text(key, (*where, key)): _storable(item, (*where, key)) for key, item in value.items()}
        case list():
            return [_storable(item, (*where, at)) for at, item in enumerate(value)]
        case _:
            return value


def _text(text: str, where: Path) -> str:
    try:
        return plain(text)
    except ValueError as error:
        raise _refused(where, str(error)) from None


def _refused(where: Path, message: str) -> ValidationError:
    # The names on the way are the client's too, and are going to be shown.
    shown = tuple(_shown(name) if isinstance(name, str) else name for name in where)
    problem = PydanticCustomError("storable", "{message}", {"message": message})
    return ValidationError.from_exception_data("input", [InitErrorDetails(type=problem, loc=shown, input=None)])


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
