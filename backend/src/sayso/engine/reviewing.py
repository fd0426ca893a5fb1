"""Who is asked to decide about a run, and whether whoever asked may approve."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue, TypeAdapter, ValidationError

from sayso.people.actor import key_of
from sayso.people.person import Person, able_to_decide, checked_name
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError

OPTION = "reviewers"
_NAMES: TypeAdapter[list[str] | None] = TypeAdapter(list[str] | None)
_MOST = 20


@dataclass(frozen=True)
class ReviewPolicy:
    """What holds for runs that name nobody.

    Attributes:
        signs_in: people sign in here; where nobody does, nobody can be asked in particular.
        reviewers: names of people and groups by workflow; under "" for those that have none of their own.
        four_eyes: the workflows in which whoever asked may not approve; `None` is every one.
    """

    signs_in: bool = False
    reviewers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    four_eyes: Collection[str] | None = ()

    def asked_of(self, workflow: str, options: Mapping[str, JsonValue], people: Sequence[Person]) -> tuple[str, ...]:
        """Who is asked about a run with these options, as they are called here.

        Raises:
            ProtocolError: `invalid_frame`, naming the option.
        """
        named = _named(options)
        if named is None:
            return self.reviewers.get(workflow, self.reviewers.get("", ()))
        if named and not self.signs_in:
            raise _refused("nobody signs in here, so nobody in particular can be asked; see SAYSO_AUTH.")
        known = deciders(people)
        for name in named:
            if key_of(name) not in known:
                raise _refused(f"there is nobody called {name[:100]!r} here who may decide, and no such group.")
        return tuple(dict.fromkeys(known[key_of(name)] for name in named))

    def nobody(self, people: Sequence[Person]) -> list[str]:
        """Whom runs are asked of by default though there is no such person or group: they wait until there is."""
        known = deciders(people)
        return sorted({name for names in self.reviewers.values() for name in names if key_of(name) not in known})

    def wants_four_eyes(self, workflow: str) -> bool:
        return self.four_eyes is None or workflow in self.four_eyes


def deciders(people: Sequence[Person]) -> dict[str, str]:
    """Who can be asked to decide: people and groups of people who may, by the key of their name."""
    able = able_to_decide(people)
    groups = {key_of(name): name for person in able for name in person.groups}
    return groups | {key_of(person.name): person.name for person in able}


def review_policy(reviewers: Sequence[str], four_eyes: Sequence[str], *, signs_in: bool) -> ReviewPolicy:
    """As settings say it.

    Args:
        reviewers: `NAME` for every workflow, `WORKFLOW=NAME` for one.
        four_eyes: `true` for every workflow, `false` for none, else the names of those.
    """
    asked: dict[str, list[str]] = {}
    for entry in reviewers:
        workflow, _, name = entry.rpartition("=")
        asked.setdefault(workflow, []).append(name)
    eyes = None if "true" in four_eyes else frozenset(four_eyes) - {"false"}
    return ReviewPolicy(signs_in, {workflow: tuple(names) for workflow, names in asked.items()}, eyes)


def without_reviewers(options: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """What of the options is the workflow's own matter."""
    return {name: value for name, value in options.items() if name != OPTION}


def _named(options: Mapping[str, JsonValue]) -> list[str] | None:
    try:
        named = _NAMES.validate_python(options.get(OPTION), strict=True)
        names = None if named is None else [checked_name(name) for name in named]
    except ValidationError as error:
        raise _refused("name people or groups in a list.") from error
    except ValueError as error:
        raise _refused(f"{error}.") from error
    if names is not None and len(names) > _MOST:
        raise _refused(f"name at most {_MOST}.")
    return names


def _refused(message: str) -> ProtocolError:
    field = f"options.{OPTION}"
    return ProtocolError(ErrorCode.INVALID_FRAME, f"{field}: {message}", field=field)
