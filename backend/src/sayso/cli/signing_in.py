"""Whether the settings of signing in go together, before a server starts with them."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from sayso.errors import SettingsError
from sayso.settings import Settings


def check_signing_in(settings: Settings) -> str | None:
    """See to it that nobody is let in by mistake. Returns a warning, if there is one.

    Raises:
        SettingsError: a setting that cannot work, or would let in everybody.
    """
    match settings.auth:
        case "none":
            return _check_none(settings)
        case "oidc":
            _check_oidc(settings)
        case "proxy":
            if not settings.proxies:
                raise SettingsError(
                    "SAYSO_PROXIES: SAYSO_AUTH=proxy needs the addresses of the proxies whose word counts."
                )
        case _:
            pass
    if settings.open:
        raise SettingsError("SAYSO_OPEN: it is for servers on which nobody signs in; leave it out with SAYSO_AUTH.")
    return None


def _check_oidc(settings: Settings) -> None:
    for name in ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "public_url"):
        if not getattr(settings, name):
            raise SettingsError(f"SAYSO_{name.upper()}: SAYSO_AUTH=oidc needs it.")
    issuer = urlsplit(settings.oidc_issuer or "")
    if issuer.scheme != "https" and not is_loopback(issuer.hostname or ""):
        raise SettingsError(
            "SAYSO_OIDC_ISSUER: use https; what a provider says in the clear, anybody on the way can say."
        )


def _check_none(settings: Settings) -> str | None:
    if is_loopback(settings.host):
        return None
    if not settings.open:
        raise SettingsError(
            f"SAYSO_HOST: whoever reaches {settings.host} could read, decide and delete everything, because nobody "
            "signs in. Set SAYSO_AUTH=tokens (docs/people.md), or SAYSO_OPEN=true if only people whom you trust can "
            "reach it."
        )
    return (
        f"nobody signs in, and {settings.host} can be reached from elsewhere (SAYSO_OPEN=true): whoever reaches it "
        "reads, decides and deletes everything"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
