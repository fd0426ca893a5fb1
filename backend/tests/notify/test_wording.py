"""What people read, of whatever somebody typed."""

import ipaddress
import json

import pytest

from notify.conftest import AT, channel
from sayso.addresses import Addresses
from sayso.notify.posting import Poster
from sayso.notify.slack import SlackSender, slack_message
from sayso.notify.wording import Links, facts, headline, one_line
from sayso.protocol.frames import Status
from sayso.protocol.notification import Notification, NotificationData, Topic
from sayso.storage.outbox import ChannelKind
from support.receiver import Receiver

HOSTILE = "<!channel> <https://evil.example|Approve> *now* & :tada:\r\nBcc: all@example.org\u202e\u2028\x1b[2J"


def notification(topic: Topic, **data: object) -> Notification:
    return Notification(type=topic, timestamp=AT, data=NotificationData.model_validate({"run_id": "r1", **data}))


@pytest.mark.parametrize(
    ("topic", "data", "said"),
    [
        (Topic.OPENED, {}, "A decision is needed"),
        (Topic.DUE, {"due_at": AT}, "A decision is due 2026-11-22 12:00 UTC"),
        (Topic.DUE, {"due_at": AT, "past_due": True}, "Nobody decided by 2026-11-22 12:00 UTC"),
        (Topic.DECIDED, {"response": "approve", "decided_by": "Grace"}, "Approved by Grace"),
        (
            Topic.DECIDED,
            {"response": "approve", "decided_by": "Grace", "decided_verified": False},
            "Approved by Grace (name not verified)",
        ),
        (Topic.DECIDED, {"response": "approve", "decided_by": "Grace", "decided_verified": True}, "Approved by Grace"),
        (Topic.DECIDED, {"response": "reject", "decided_by": "Grace\nHopper"}, "Rejected by Grace Hopper"),
        (Topic.DECIDED, {"response": {"any": "json"}, "decided_by": "Grace"}, "Answered by Grace"),
        (Topic.ENDED, {"status": Status.COMPLETED}, "The report is there"),
        (Topic.ENDED, {"status": Status.FAILED}, "The run failed"),
        (Topic.ENDED, {"status": Status.CANCELLED, "ended_by": "Ada"}, "Cancelled by Ada"),
        (
            Topic.ENDED,
            {"status": Status.CANCELLED, "ended_by": "Ada", "ended_verified": False},
            "Cancelled by Ada (name not verified)",
        ),
        (Topic.TEST, {}, "This is a test: the channel works"),
    ],
)
def test_headlines(topic: Topic, data: dict[str, object], said: str) -> None:
    assert headline(notification(topic, **data)) == said


def test_facts(opened: Notification) -> None:
    assert facts(opened) == [
        ("Asked by", "Ada"),
        ("Findings", "7 from 3 sources"),
        ("Due", "2026-11-22 12:00 UTC"),
    ]


def test_who_asked_is_told_apart_if_nobody_verified_the_name(opened: Notification) -> None:
    data = opened.data.model_copy(update={"asked_verified": False})
    told = dict(facts(opened.model_copy(update={"data": data})))
    assert told["Asked by"] == "Ada (name not verified)"


def test_one_line() -> None:
    assert one_line(HOSTILE) == "<!channel> <https://evil.example|Approve> *now* & :tada: Bcc: all@example.org [2J"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"
    assert one_line("👩\u200d🔬 می\u200cخواهم") == "👩\u200d🔬 می\u200cخواهم"


def test_links_lead_to_the_run_and_nowhere_else() -> None:
    links = Links("https://sayso.example")
    assert links.to(NotificationData(run_id="a/../b?c#d&e")) == "https://sayso.example/run/?id=a%2F..%2Fb%3Fc%23d%26e"
    assert links.to(NotificationData()) == "https://sayso.example/"
    assert Links(None).to(NotificationData(run_id="r1")) is None


def test_slack_shows_what_people_typed_as_it_is() -> None:
    message = slack_message(
        notification(Topic.OPENED, question=HOSTILE, asked_by="<!here>"), "https://s.example/?a=1&b=2"
    )
    marked = [block["text"]["text"] for block in message["blocks"] if block.get("text", {}).get("type") == "mrkdwn"]
    assert marked == ["<https://s.example/?a=1&amp;b=2|Decide>"]
    plain = [block["text"] for block in message["blocks"] if block.get("text", {}).get("type") == "plain_text"]
    plain += [each for block in message["blocks"] for each in block.get("elements", [])]
    assert {each["type"] for each in plain} == {"plain_text"}
    assert not any(each["emoji"] for each in plain)
    assert "<" not in message["text"]
    assert ">" not in message["text"]
    assert "&lt;!channel&gt;" in message["text"]
    assert message["mrkdwn"] is False


def test_slack_s_own_bounds_are_kept() -> None:
    long = notification(
        Topic.DECIDED, question="q" * 4_000, asked_by="a" * 4_000, decided_by="d" * 4_000, response="yes"
    )
    message = slack_message(long, None)
    texts = {block["type"]: block["text"]["text"] for block in message["blocks"] if "text" in block}
    assert len(texts["header"]) <= 150
    assert len(texts["section"]) <= 3_000
    assert len(message["text"]) < 4_000


async def test_slack_gets_its_own_shape(opened: Notification) -> None:
    poster = Poster(Addresses([ipaddress.ip_network("127.0.0.1")]))
    async with Receiver() as receiver:
        slack = channel(ChannelKind.SLACK, receiver.url)
        await SlackSender(poster, Links("https://s.example")).send(slack, "msg_1", opened)
    (got,) = receiver.got
    assert json.loads(got.body)["blocks"][0]["text"]["text"] == "A decision is needed"
    assert "webhook-signature" not in got.headers
    shown = got.body.decode()
    for told in ("Why do tides exist?", "Asked by: Ada", "7 from 3 sources", "2026-11-22 12:00 UTC", "/run/?id=r1"):
        assert told in shown
