"""What was done about a decision on a text, item by item."""

from sayso.protocol.evidence import Change, FeedbackUse
from sayso.report.feedback import CANNOT, Honours
from sayso.report.listing import listed
from sayso.report.state import ReportState
from sayso.report.text_decision import TextDecision

NO_SEARCH = "A text is written from what was approved, so nothing is searched for it now. A revision of the report can."
NOT_THERE = "The text has no such part, so nothing was moved."
UNCHANGED = "The text is the same as before, word for word."


def text_used(state: ReportState, latest: TextDecision, changed: list[Change], honours: Honours) -> list[FeedbackUse]:
    """What came of `latest`, the decision on the version before; last, if the text is the same, that it is.

    Args:
        honours: whether the writer can do what a note asks of it.
    """
    uses = [_use(f"“{text}”", "Struck.", "text") for text in latest.struck]
    uses += [_use(f"“{each.was}”", f"Replaced by the quote {each.quote}.", "text") for each in latest.replaced]
    uses += [
        _use(f"“{each.quote}”", "It stands as it was worded, and says who confirmed it.", "text")
        for each in latest.confirmed
    ]
    uses += [
        _use(f"“{each.text}”", f"It stands right {'after' if each.after else 'before'} “{each.beside}” now.", "text")
        for each in latest.moved
    ]
    for comment in latest.comments:
        uses.append(_written(comment, "text", honours(comment)))
    for note in latest.notes:
        uses.append(_written(note, "note", honours(note)))
    uses += [_use(wish, NOT_THERE, "text", "not_possible") for wish in latest.misplaced]
    if latest.left_out:
        names = listed([f"“{each}”" for each in latest.left_out])
        uses.append(_use(f"Leave out {names}", f"No sentence or heading names {names} any more.", "leave_out"))
    for wish in latest.wishes:
        told = _written(wish, "search", honours(wish))
        uses.append(told if told.status == "done" else _use(wish, NO_SEARCH, "search", "not_possible"))
    for point in latest.unsure:
        done = "It may say that something is not wanted, so nothing was done. Say it as `text`, `leave_out` or `note`."
        uses.append(_use(point, done, "text", "not_understood"))
    if not changed:
        uses.append(_use("Write it again", UNCHANGED, "", "not_possible"))
    return [use.model_copy(update={"round": state.round}) for use in uses]


def _written(said: str, field: str, can: bool) -> FeedbackUse:
    return _use(said, "The writer was told.", field) if can else _use(said, CANNOT, field, "not_possible")


def _use(said: str, done: str, field: str, status: str = "done") -> FeedbackUse:
    return FeedbackUse.model_validate({"feedback": said, "what_was_done": done, "field": field, "status": status})
