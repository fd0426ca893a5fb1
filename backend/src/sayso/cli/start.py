"""What every command begins with: the settings, and lengths of time as people write them."""

from datetime import timedelta

from rich.console import Console

from sayso.errors import SettingsError
from sayso.settings import Settings, duration, read_settings, unknown_settings

errors = Console(stderr=True)


def read(**given: object) -> Settings:
    """The settings, with `given` on top; says what in the environment looks like one and is none.

    Raises:
        SettingsError: one cannot work.
    """
    settings = read_settings(**given)
    for line in unknown_settings():
        errors.print(f"sayso: {line}", style="yellow", highlight=False, markup=False)
    return settings


def age(text: str, option: str) -> timedelta:
    """ "7d" as a length of time.

    Raises:
        SettingsError: it is none; the message begins with `option`.
    """
    try:
        return duration(text)
    except ValueError as error:
        raise SettingsError(f"{option}: {error}.") from error
