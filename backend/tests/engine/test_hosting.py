"""What is refused when it is hosted, what a workflow is started with, and what may be answered."""

from pathlib import Path
from typing import Any

import pytest
from workflows import Context
from workflows.events import HumanResponseEvent

from sayso.compose import compose
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.naming import named_workflows
from sayso.engine.reading import keywords
from sayso.engine.responses import Responses
from sayso.engine.service import Service
from sayso.errors import SettingsError
from sayso.protocol.commands import ProtocolError
from sayso.settings import Settings
from sayso.storage.sqlite.store import SqliteStore
from shapes import asking, flowing, starting
from support.unfit_workflows import Forgets, Unkept
from support.watching import frames_until, kinds, start

UNFIT = {
    "TakesFromOutside": "the step hook takes Webhook, which no step gives",
    "WaitsForOutside": "the step wait waits for Webhook, which no step gives and nobody is asked for",
    "TakesNoJson": "the step end takes an answer that nobody can give: Opened needs handle",
    "TakesTwoOfOneName": "two classes of answers are called Told",
    "TakesLocal": "the step end takes Told, which is defined within a function",
    "StartsWithNoJson": "its start event HandleStart needs handle",
    "NeedsArgument": "make an instance in the module, and name that",
    "Handle": "is no Workflow, neither a class nor an instance",
    "Nothing": "has no attribute 'Nothing'",
}


@pytest.mark.parametrize(("name", "why"), UNFIT.items())
def test_what_cannot_be_hosted_is_refused_with_the_reason(name: str, why: str) -> None:
    with pytest.raises(SettingsError, match=r"^SAYSO_WORKFLOWS: mine: ") as raised:
        named_workflows([f"mine=support.unfit_workflows:{name}"])
    assert why in str(raised.value)


def test_an_ambiguous_answer_is_refused_naming_the_steps() -> None:
    with pytest.raises(SettingsError, match=r"the step one, the step other"):
        named_workflows(["mine=support.unfit_workflows:TakesTwoOfOneName"])


@pytest.mark.parametrize(
    "entry", ["report=shapes.starting:Plain", "one=shapes.starting:Plain,one=shapes.starting:Free"]
)
def test_a_name_is_not_shadowed_without_a_word(entry: str, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        workflows=tuple(entry.split(",")),
    )
    with pytest.raises(SettingsError, match=r"the workflow (report is Sayso's own|one is there twice)"):
        compose(settings)


@pytest.mark.parametrize(("kind", "why"), [(Unkept, "“handle” is no JSON"), (Forgets, "a Handle in its state")])
async def test_what_cannot_be_kept_fails_before_anybody_is_asked(tmp_path: Path, kind: Any, why: str) -> None:
    service = Service(SqliteStore(tmp_path / "sayso.db"), [HostedWorkflow("w", kind(timeout=None))])
    await service.open()
    log = await frames_until(service, await start(service, "w"), "error")
    assert "input_required" not in kinds(log)
    assert "nobody was asked" in log[-1]["payload"]
    assert why in log[-1]["payload"]
    await service.close()


async def test_a_text_that_is_streamed_is_told_piece_by_piece(tmp_path: Path) -> None:
    service = Service(SqliteStore(tmp_path / "sayso.db"), [HostedWorkflow("w", flowing.Streams())])
    await service.open()
    log = await frames_until(service, await start(service, "w", "one two three"), "final_result")
    assert kinds(log) == ["draft"] * 3 + ["final_result"]
    assert [frame["payload"] for frame in log] == ["one ", "two ", "three ", "one two three"]
    await service.close()


def test_keywords_are_those_that_are_always_read() -> None:
    async def step(ctx: Context, ev: Any) -> Any:
        if ev.sure and ev.perhaps:
            return ev.late
        topic = ev.topic if ev.has else ev.other
        return [topic, ev.get("with_default"), ev.question]

    found = keywords(step, "ev")
    assert found.always == {"sure"}
    assert found.perhaps == {"perhaps", "late", "topic", "has", "other", "with_default", "question"}


def schema(workflow: Any, question_as: str | None = None) -> dict[str, Any]:
    return HostedWorkflow("w", workflow, question_as=question_as).starting.schema


def test_what_it_is_started_with_is_a_schema() -> None:
    assert schema(starting.Keywords()) == {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["a", "b"]}
    assert schema(starting.Joke())["required"] == ["topic"]
    assert schema(starting.Joke(), "topic") == {}
    assert schema(starting.Gets())["required"] == []
    assert schema(starting.Plain()) == {}
    typed = schema(starting.TypedStart(), "topic")
    assert (list(typed["properties"]), typed["required"]) == (["brief", "tags"], ["brief"])
    assert typed["$defs"]["Brief"]["required"] == ["audience"]


@pytest.mark.parametrize(
    ("workflow", "options", "field"),
    [
        (starting.Joke(), {}, "options.topic"),
        (starting.TypedStart(), {"topic": "t"}, "options.brief"),
        (starting.TypedStart(), {"topic": "t", "brief": {"audience": "a", "words": 0}}, "options.brief.words"),
        (starting.OneField(), {"topic": 3}, "options.topic"),
    ],
)
async def test_what_is_missing_or_wrong_is_named(workflow: Any, options: dict[str, Any], field: str) -> None:
    with pytest.raises(ProtocolError) as raised:
        await HostedWorkflow("w", workflow).check("q", options)
    assert (raised.value.code, raised.value.field) == ("invalid_frame", field)
    assert raised.value.message.startswith(f"{field}: ")


async def test_names_of_the_library_are_options_like_others() -> None:
    options: dict[str, Any] = {"ctx": 1, "start_event": 2, "run_id": 3, "self": 4, "_data": 5, "by": 6}
    event = HostedWorkflow("w", starting.Plain()).starting.event("q", options, "Ada")
    assert (event.get("ctx"), event.get("start_event"), event.get("run_id"), event.by) == (1, 2, 3, "Ada")
    assert event.options == options


BOOKING = Responses([asking.Booking])
DEAL = Responses([asking.Accepted, asking.Declined])


def test_an_answer_is_asked_for_by_the_class_that_takes_it() -> None:
    assert Responses([HumanResponseEvent]).schema() == {}
    assert Responses([asking.TypedResponse]).schema()["type"] == "string"
    booking = BOOKING.schema()
    assert booking["required"] == ["guest", "arrival", "stays"]
    assert booking["properties"]["arrival"]["format"] == "date"
    assert "Stay" in booking["$defs"]
    assert list(BOOKING.schema(["guest"])["properties"]) == ["arrival", "stays", "tags", "room"]
    forms = DEAL.schema()["anyOf"]
    assert [form["title"] for form in forms] == ["Accepted", "Declined"]
    assert [form["required"] for form in forms] == [["response_type", "price"], ["response_type", "why"]]
    assert Responses.named(DEAL.name).classes == DEAL.classes


@pytest.mark.parametrize(
    ("kind", "response", "read"),
    [
        (asking.NameGiven, "Ada", {"name": "Ada"}),
        (asking.NameGiven, "7", {"name": "7"}),
        (asking.CountGiven, "7", {"count": 7}),
        (asking.CountGiven, "seven", {"count": "seven"}),
        (asking.CountGiven, {"count": 7}, {"count": 7}),
        (asking.Confirmed, "yes", "yes"),
        (asking.TypedResponse, "fine", "fine"),
        (HumanResponseEvent, ["any"], ["any"]),
    ],
)
def test_one_value_fills_the_one_other_field(kind: Any, response: Any, read: Any) -> None:
    assert Responses([kind]).read(response) == read


def test_a_class_is_chosen_by_name_or_by_what_it_needs() -> None:
    assert DEAL.kind({"response_type": "Declined"}) is asking.Declined
    assert DEAL.kind({"price": 3}) is asking.Accepted
    assert DEAL.kind("yes") is None
    assert Responses([asking.Accepted, HumanResponseEvent]).kind("yes") is HumanResponseEvent
