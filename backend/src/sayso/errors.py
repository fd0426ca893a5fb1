"""Errors that stop the start; those of the protocol are in `protocol.commands`."""


class SettingsError(Exception):
    """A setting that cannot work. One line that names it and says what to do."""
