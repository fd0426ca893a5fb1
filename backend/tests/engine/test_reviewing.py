"""Who is asked to decide: only those who can, and what is asked of nobody is known as that."""

from datetime import UTC, datetime

import pytest

from sayso.engine.reviewing import review_policy
from sayso.people.actor import Role
from sayso.people.person import Person
from sayso.protocol.commands import ProtocolError


def person(name: str, role: Role, *groups: str, disabled: bool = False) -> Person:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Person(name, name, role, groups, 1, at, disabled_at=at if disabled else None)


PEOPLE = [
    person("Ada", Role.REVIEWER, "Legal"),
    person("Ben", Role.ASKER, "Sales"),
    person("Cyd", Role.REVIEWER, "Press", disabled=True),
    person("Root", Role.ADMIN),
]


@pytest.mark.parametrize("name", ["Ben", "Sales", "Cyd", "Press", "Nobody"])
def test_who_may_not_decide_cannot_be_asked(name: str) -> None:
    with pytest.raises(ProtocolError, match=f"nobody called '{name}'") as refused:
        review_policy((), (), signs_in=True).asked_of("report", {"reviewers": ["Ada", name]}, PEOPLE)
    assert refused.value.field == "options.reviewers"


def test_people_and_groups_are_asked_as_they_are_called_here() -> None:
    policy = review_policy(("Press",), (), signs_in=True)
    assert policy.asked_of("report", {"reviewers": ["legal", "ROOT", "Legal"]}, PEOPLE) == ("Legal", "Root")
    assert policy.asked_of("report", {}, PEOPLE) == ("Press",)
    assert policy.asked_of("report", {"reviewers": []}, PEOPLE) == ()


def test_a_default_that_is_nobody_is_told() -> None:
    policy = review_policy(("Press", "rewrite=Ada", "rewrite=Sales"), (), signs_in=True)
    assert policy.nobody(PEOPLE) == ["Press", "Sales"]
    assert policy.nobody([*PEOPLE, person("Dan", Role.REVIEWER, "press", "sales")]) == []
