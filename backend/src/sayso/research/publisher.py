"""Who answers for a web page: the domain that somebody registered, as far as its name tells."""

import ipaddress
from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "ltd", "mil", "ne", "net", "nom", "or", "org", "sch"]
)
"""Names below a country under which domains are registered, as in example.co.uk."""


def publisher_of(address: str) -> str | None:
    """ "example.co.uk" for any page of any host below that name; a numeric address stands for itself.

    Two people who share a domain, such as that of a host of blogs, count as one publisher: it is better to count
    too few independent sources than too many.
    """
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").casefold()
    except ValueError:
        return None
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        labels = [label for label in host.split(".") if label]
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if country else -2 :]) or None
