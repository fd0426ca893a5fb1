"""What the settings say of people: who is asked, what each may have going, and what the audit is told of it."""

from pydantic import JsonValue

from sayso.engine.limits import Limits
from sayso.engine.reviewing import ReviewPolicy, review_policy
from sayso.errors import SettingsError
from sayso.settings import Settings
from sayso.storage.limits import RunLimits


def reviewing_of(settings: Settings) -> ReviewPolicy:
    """Raises:
    SettingsError: who is asked cannot count where nobody signs in.
    """
    signs_in = settings.auth != "none"
    for name, value in (("REVIEWERS", settings.reviewers), ("FOUR_EYES", settings.four_eyes)):
        if value not in ((), ("false",)) and not signs_in:
            raise SettingsError(f"SAYSO_{name}: nobody signs in here, so nobody can be told apart. Set SAYSO_AUTH too.")
    return review_policy(settings.reviewers, settings.four_eyes, signs_in=signs_in)


def limits_of(settings: Settings) -> Limits:
    """What one person may have going; without bounds for who is alone."""
    if settings.alone:
        return Limits()
    runs = RunLimits(settings.max_open_runs or None, settings.max_runs_an_hour or None)
    # Whoever comes while one person's questions are worked on shares the processor with an eighth of what could be.
    segments = max(4, settings.concurrency // 8)
    return Limits(runs, settings.max_frames or None, settings.max_connections or None, segments)


def told_settings(settings: Settings) -> dict[str, JsonValue]:
    """What of the settings the audit is to know, as text: who may do what, and for how long what is kept."""
    names = (
        *("auth", "open", "oidc_issuer", "oidc_client_id", "oidc_groups", "proxies", "proxy_header", "new_role"),
        *(
            "public_url",
            "reviewers",
            "four_eyes",
            "allowed_hosts",
            "allowed_origins",
            "keep_records",
        ),
    )
    return {name: str(getattr(settings, name)) for name in names}
