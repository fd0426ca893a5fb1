"""Classes by name, as databases and settings hold them."""

import importlib
from typing import Any

from sayso.errors import SettingsError


def qualified_name(event: type) -> str:
    """`module:Class`, from which `load_class` finds it again."""
    return f"{event.__module__}:{event.__qualname__}"


def load_class(name: str) -> Any:
    """The object that `module:attribute` names.

    Raises:
        SettingsError: there is none.
    """
    module, _, attribute = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise SettingsError(f"{name}: {error}") from error
    return found
