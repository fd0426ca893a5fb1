import pytest
from pydantic import JsonValue

from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import DECISION_SCHEMA, NO_NAME, WORDS, Decision, decided, in_words, settle, with_name
from sayso.protocol.evidence import Finding, Quote
from sayso.protocol.review import ReviewData


@pytest.fixture
def review() -> ReviewData:
    findings = [Finding(id=id, claim=id, quotes=[Quote(text=id, source="s1")]) for id in ("f1", "f2")]
    return ReviewData(kind="research_review", findings=findings, response_schema=DECISION_SCHEMA)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("approve", "approve"), ("yes", "approve"), ("reject", "reject"), ("no", "reject"), (" Yes ", "approve")],
)
def test_the_words_of_a_decision(review: ReviewData, said: str, meant: str) -> None:
    assert settle(Answer(response=said), review).response == meant


def test_a_review_asks_for_the_words_that_there_were_when_it_was_opened(
    review: ReviewData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WORDS, "later", Decision.REJECT)
    assert settle(Answer(response="yes"), review).response == "approve"
    with pytest.raises(ProtocolError, match='say "approve" or "reject"'):
        settle(Answer(response="later"), review)
    newer = review.model_copy(update={"response_schema": {**DECISION_SCHEMA, "enum": list(WORDS)}})
    assert settle(Answer(response="later"), newer).response == "reject"
    own = review.model_copy(update={"response_schema": {**DECISION_SCHEMA, "enum": ["yes", "no"]}})
    assert settle(Answer(response="yes"), own).response == "yes", "another workflow's words are its own"


@pytest.mark.parametrize("decision", list(Decision))
def test_each_decision_of_the_schema_is_a_word_of_its_own_and_stored_as_text(
    review: ReviewData, decision: Decision
) -> None:
    settled = settle(Answer(response=decision.value), review)
    assert (settled.response, type(settled.response)) == (decision.value, str)


@pytest.mark.parametrize("said", ["maybe", "technology", "not enough on cost", "", "yes!", None, True, 1, ["yes"], {}])
def test_nothing_else_is_a_decision(review: ReviewData, said: object) -> None:
    with pytest.raises(ProtocolError) as raised:
        settle(Answer.model_validate({"response": said}), review)
    assert (raised.value.code, raised.value.field) == ("invalid_response", "response")


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(response="approve", keep=[]), "keep"),
        (Answer(response="approve", keep=["f9"]), "keep"),
        (Answer(response="reject", keep=["s1"]), "keep"),
        (Answer(response="approve", edits={"f9": "x"}), "edits"),
    ],
)
def test_what_is_kept_must_be_there(review: ReviewData, answer: Answer, field: str) -> None:
    with pytest.raises(ProtocolError) as raised:
        settle(answer, review)
    assert raised.value.field == field


def test_a_rejection_may_keep_nothing_and_no_findings_may_be_approved(review: ReviewData) -> None:
    assert settle(Answer(response="reject", keep=[]), review).keep == []
    nothing = review.model_copy(update={"findings": []})
    assert settle(Answer(response="approve", keep=[]), nothing).response == "approve"


def test_a_hosted_workflow_states_its_own_schema() -> None:
    schema = {"type": "object", "properties": {"grade": {"type": "integer", "maximum": 6}}, "required": ["grade"]}
    review = ReviewData(response_schema=schema)
    assert settle(Answer(response={"grade": 6}), review).response == {"grade": 6}
    with pytest.raises(ProtocolError) as raised:
        settle(Answer(response={"grade": 7}), review)
    assert raised.value.field == "response.grade"
    assert settle(Answer(response=["anything"]), ReviewData()).response == ["anything"]


def test_in_words() -> None:
    assert in_words("approve", "Ada") == "Approved by Ada"
    assert in_words("reject", "Ada") == "Rejected by Ada"
    assert in_words({"grade": 6}, "Ada") == "Answered by Ada"


@pytest.mark.parametrize("by", ["", NO_NAME, "someone"])
def test_nobody_is_called_someone(by: str) -> None:
    assert in_words("reject", by) == "Rejected, no name given"
    assert with_name("Cancelled", by) == "Cancelled, no name given"


@pytest.mark.parametrize("response", ["postpone", "APPROVE", "yes", "", None, True, {}, ["approve"]])
def test_an_unknown_word_is_no_decision_at_all(response: JsonValue) -> None:
    assert decided(response) is None
    assert in_words(response, "Ada") == "Answered by Ada"


def test_each_decision_is_what_its_record_says() -> None:
    assert [decided(str(each)) for each in Decision] == list(Decision)


@pytest.mark.parametrize(
    ("by", "verified", "said"),
    [
        ("Ada", False, "Approved by Ada (name not verified)"),
        ("Ada", True, "Approved by Ada"),
        ("Ada", None, "Approved by Ada"),
        ("", False, "Approved, no name given"),
    ],
)
def test_a_name_that_nobody_verified_says_so(by: str, verified: bool | None, said: str) -> None:
    assert in_words("approve", by, verified) == said
