"""Bodies of the calls about people and signing in."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from sayso.protocol.evidence import Record
from sayso.protocol.input import Input

RoleWord = Literal["asker", "reviewer", "admin"]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Groups = Annotated[list[PersonName], Field(max_length=50)]


class PersonInfo(Record):
    """A person, as others may know it."""

    name: str
    role: RoleWord
    groups: list[str] = []
    disabled_at: datetime | None = None
    tokens: list[str] = []
    """Ids of its tokens, oldest first; no secrets."""


class Me(Record):
    """Who the server takes the client for."""

    auth: Literal["none", "tokens", "oidc", "proxy"]
    """How one signs in; `none` is not at all."""
    open: bool = False
    """Nobody signs in, and the server can be reached from elsewhere."""
    person: PersonInfo | None = None
    """Who is signed in."""


class Names(Record):
    """Who can be asked to decide."""

    people: list[str]
    groups: list[str]


class SecretMade(Record):
    """A token or a link, shown this once."""

    id: str
    secret: str
    expires_at: datetime | None = None


class SignIn(Input):
    """Sign in with a token, or with what a sign-in link carries."""

    secret: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class NewPerson(Input):
    name: PersonName
    role: RoleWord = "asker"
    groups: Groups = []


class PersonChange(Input):
    """What is to be other; what is left out stays."""

    role: RoleWord | None = None
    groups: Groups | None = None
    disabled: bool | None = None


class ClaimBody(Input):
    by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class AuditRow(Record):
    """What somebody did. It holds no text of anybody's, and no secret."""

    id: int
    at: datetime
    action: str
    person: str | None = None
    """Id of a person; none where nobody knows who it was."""
    name: str = ""
    verified: bool = False
    via: str = ""
    """How they came in."""
    address: str = ""
    run_id: str | None = None
    about: dict[str, JsonValue] = {}
    sealed: bool = False


class AuditVerdict(Record):
    """Whether the audit is as it was sealed."""

    holds: bool
    links: int
    rows: int
    unsealed: int
    """Rows that no link seals yet."""
    head: str
    """Hash of the last link: whoever notes it can see later whether the end is missing."""
    faults: list[str] = []


class People(Record):
    """Everybody whom the server knows."""

    people: list[PersonInfo]


class AuditPage(Record):
    """Rows of the audit, oldest first."""

    rows: list[AuditRow]


class AuditPruned(Record):
    links: int
    """Up to which link it was erased; 0 if there was nothing."""
