import pytest
from workflows.events import HumanResponseEvent

from sayso.engine.clock import now
from sayso.engine.deliveries import check_fits
from sayso.engine.names import qualified_name
from sayso.protocol.commands import ProtocolError
from sayso.protocol.frames import RecordedDecision
from sayso.protocol.review import ReviewData
from sayso.storage.records import StoredReview


class Graded(HumanResponseEvent):
    grade: int


def check(response: object) -> None:
    received = RecordedDecision.model_validate({"review": 1, "response": response, "by": "Ada"})
    check_fits(StoredReview(1, ReviewData(), qualified_name(Graded), None, None), received, now())


def test_an_answer_must_fit_the_class_that_carries_it() -> None:
    check({"grade": 3})
    with pytest.raises(ProtocolError) as raised:
        check("hello")
    assert (raised.value.code, raised.value.field) == ("invalid_response", "response")
    with pytest.raises(ProtocolError) as raised:
        check({"grade": "good"})
    assert (raised.value.code, raised.value.field) == ("invalid_response", "response.grade")
