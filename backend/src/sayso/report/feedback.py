"""What was done about a decision on the round before, item by item."""

from collections.abc import Callable
from textwrap import shorten

from sayso.language.terms import content, stem, stems, weight
from sayso.protocol.evidence import FeedbackUse, Finding
from sayso.protocol.items import SearchLimits
from sayso.protocol.reading import ItemField, Reading, Unsure
from sayso.report.about import BELOW, NAMES
from sayso.report.limits import within
from sayso.report.listing import listed, quoted
from sayso.report.state import ReportState
from sayso.wishes.feedback import Feedback
from sayso.writers.extractive.parts import topics_of
from sayso.writers.port import Query

CLAIM = 80
"""Characters of a claim by which it is known again."""
BARE_NO = "No"
"""How a rejection without words is listed."""
Honours = Callable[[str], bool]
"""Whether the run's writer can do what a note asks of it."""
CANNOT = (
    "A writer without a model cannot do that: it quotes, can be shorter, down to a number of sentences, "
    "and can put what it quotes in another order."
)


def feedback_used(state: ReportState, latest: Feedback, honours: Honours) -> list[FeedbackUse]:
    """What this round did about `latest`, the decision on the round before: an entry for each of its items and for
    each point that was not understood, and for what was dropped and set aside with it."""
    told = _Account(state, latest, honours)
    uses = told.items() + [told.not_understood(each) for each in latest.read.unsure] + told.edits()
    if not latest.says_something:
        uses.append(told.use(BARE_NO, told.widened()))
    return uses + told.dropped() + told.aside()


class _Account:
    def __init__(self, state: ReportState, latest: Feedback, honours: Honours) -> None:
        self.state = state
        self.latest = latest
        self.read: Reading = latest.read
        self.honours = honours
        self.fresh = [finding for finding in state.findings if finding.round == state.round]
        self.queries = [search.query for search in state.searches if search.round == state.round]

    def use(self, said: str, done: str, **more: object) -> FeedbackUse:
        return FeedbackUse.model_validate({"feedback": said, "what_was_done": done, "round": self.latest.round, **more})

    def items(self) -> list[FeedbackUse]:
        """One entry for each point and field."""
        by_item: dict[tuple[str, ItemField], list[str]] = {}
        for point in self.read.points:
            if not (point.sent and point.field == "drop"):
                by_item.setdefault((point.said, point.field), []).append(point.value)
        searches = [said for said, field in by_item if field == "search"]
        wishes = [" ".join(by_item[said, "search"]) for said in searches]
        following = dict(zip(searches, _by_wish(wishes, self.queries, self.latest.round, self.state), strict=True))
        uses = []
        for (said, field), values in by_item.items():
            match field:
                case "search":
                    uses.append(self._searched(said, " ".join(values), following[said]))
                case "leave_out":
                    uses.append(self._left_out(said, values))
                case "limits":
                    uses.append(self.use(said, " ".join(self._limited()), field=field))
                case "note":
                    uses.append(self._noted(said, values))
                case "drop":
                    uses.append(self.use(said, f"{_is(values)} gone for good.", field=field))
                case _:
                    uses.append(self.use(said, f"{listed(values)} {_stays(values)}.", field=field, findings=values))
        return uses + self._added()

    def not_understood(self, unsure: Unsure) -> FeedbackUse:
        ways = {
            "drop": "Say which finding in `drop` or `keep`.",
            "search": "If it is to be searched for, say it in `search`.",
        }
        way = ways.get(unsure.field, "What is to be left out goes into `leave_out`, what is to be found into `search`.")
        done = f"It may say that something is not wanted, so nothing was searched for it. {way}"
        return self.use(unsure.said, done, status="not_understood", field=unsure.field)

    def edits(self) -> list[FeedbackUse]:
        return [
            self.use(f"{each.id}: {each.text}", f"{each.why} The quoted sentence stands in the report instead.",
                     status="not_possible", field="edits", findings=[each.id])
            for each in self.read.edits
            if not each.supported
        ]  # fmt: skip

    def dropped(self) -> list[FeedbackUse]:
        """What was dropped otherwise than by a point of the prose."""
        said = {point.value for point in self.read.points if point.field == "drop" and not point.sent}
        excluded = {id for id in self.state.dropped_in if self.state.went_with_what_was_left_out(id)}
        ids = [id for id, round in self.state.dropped_in.items() if round == self.latest.round]
        ids = [id for id in ids if id not in said | excluded]
        if not ids:
            return []
        claims = {finding.id: finding.claim for finding in self.state.findings}
        named = [f"“{shorten(claims[id], CLAIM, placeholder=' …')}”" for id in ids if self.state.may_say(claims[id])]
        told = f"You dropped {listed(named or ids, most=3)}"
        done = "What you dropped stays out, here and where other documents say it in the same words."
        return [self.use(told, done, field="drop")]

    def aside(self) -> list[FeedbackUse]:
        """What a decision that sorts set aside."""
        if not self.latest.sorts:
            return []
        ids = [each.id for each in self.state.aside() if each.round <= self.latest.round]
        kept = f"You kept {listed(self.read.keep) if self.read.keep else 'nothing'}"
        done = f"{_is(ids)} set aside; keep brings {'it' if len(ids) == 1 else 'them'} back."
        return [self.use(kept, done, field="keep")] if ids else []

    def widened(self) -> str:
        if self.queries:
            texts = quoted([query.text for query in self.queries], most=4)
            said = [f"Searched wider, for {texts}; {_new(len(self.fresh))}."]
        else:
            said = [f"There was nothing left to search for that had not been searched before; {_new(len(self.fresh))}."]
        if self.fresh and "aside" in self.state.verdicts.values():
            said.append("What was shown before is set aside.")
        elif not self.fresh:
            said.append("What was shown before is shown again, for you to approve or drop.")
        return " ".join(said)

    def _searched(self, said: str, wish: str, queries: list[Query]) -> FeedbackUse:
        topics = {query.topic for query in queries}
        found = [each.id for each in self.fresh if self.state.topics.get(each.id) in topics and _answers(each, wish)]
        known = [] if found else _known(wish, self.state)
        if not self.state.may_say(wish):
            done = "It names what was left out, so nothing was searched for it."
            return self.use(said, done, status="not_possible", field="search")
        if queries:
            texts = quoted([query.text for query in queries], most=4)
            told = [f"Searched for {texts}; {_new(len(found))}."]
        else:
            told = [f"There was nothing left to search for that had not been searched before; {_new(len(found))}."]
        if known:
            told.append(f"{listed(known)} {'speaks' if len(known) == 1 else 'speak'} of it.")
        status = "done" if found or known else "found_nothing"
        return self.use(said, " ".join(told), status=status, field="search", findings=found or known)

    def _left_out(self, said: str, values: list[str]) -> FeedbackUse:
        names = quoted(values)
        told = [f"No claim, heading or gap names {names} from now on."]
        gone = [id for id, at in self.state.dropped_in.items() if at == self.latest.round]
        for begins, why in ((NAMES, "named what you left out"), (BELOW, "stood below a heading that says just that")):
            own = [id for id in gone if self.state.reasons.get(id, "").startswith(begins)]
            if own:
                told.append(f"{_is(own)} gone, which {why}.")
        return self.use(said, " ".join(told), field="leave_out")

    def _noted(self, said: str, values: list[str]) -> FeedbackUse:
        cannot = [each for each in values if not self.honours(each)]
        if cannot:
            return self.use(said, CANNOT, status="not_possible", field="note")
        told = quoted(values)
        done = f"The writer is told when you approve: {told}. Nothing was searched for it."
        return self.use(said, done, field="note")

    def _added(self) -> list[FeedbackUse]:
        texts = {added.quote.text for added in self.read.added}
        own = [each for each in self.state.findings if each.round == self.latest.round]
        return [
            self.use(f"You added “{each.claim}”", f"It is the finding {each.id} now.", field="add", findings=[each.id])
            for each in own
            if each.quotes[0].text in texts and each.match is None
        ]

    def _limited(self) -> list[str]:
        limits = self.state.limits() or SearchLimits()
        said = []
        if limits.since or limits.until:
            dates = [f"before {limits.since}" if limits.since else "", f"after {limits.until}" if limits.until else ""]
            outside = " or ".join(filter(None, dates))
            said.append(f"New findings from sources dated {outside} are left out; sources that give no date are not.")
        if limits.sources is not None:
            said.append(f"Only {listed(limits.sources)} is searched." if limits.sources else "Nothing is searched.")
        dated = {source.id: source.date for source in self.state.sources}
        earlier = [
            f"{each.id} ({dated[each.quotes[0].source]})"
            for each in self.state.shown()
            if not within(dated.get(each.quotes[0].source), limits)
        ]
        if earlier:
            said.append(f"From before your wish {listed(earlier)} {_stays(earlier)}, for you to drop.")
        return said or ["There are no limits any more."]


def _answers(finding: Finding, wish: str) -> bool:
    """Whether a finding speaks of what was asked for: it has one of its telling words, if there are any."""
    named = {stem(word) for word in content(wish) if weight(word) >= 1}
    quotes = [
        part for quote in finding.quotes for part in (quote.text, quote.place.heading or "", quote.place.lead or "")
    ]
    return not named or bool(named & stems(" ".join([finding.claim, *quotes])))


def _known(point: str, state: ReportState) -> list[str]:
    """Findings that are shown and quote all that the point names."""
    named = frozenset(stem(word) for word in content(point) if weight(word) >= 1)
    return [
        finding.id for finding in state.shown() if named and any(named <= stems(quote.text) for quote in finding.quotes)
    ]


def _by_wish(wishes: list[str], queries: list[Query], round: int, state: ReportState) -> list[list[Query]]:
    """The queries that follow each wish: those of its topics, and of the rest each where it shares most words."""
    told = [stems(wish) for wish in wishes]
    topics = [set(topics_of(wish, state.question)) for wish in wishes]
    found: list[list[Query]] = [[] for _ in wishes]
    for query in queries:
        own = stems(f"{query.text} {query.topic}")
        near = [(query.topic in topics[at], len(own & told[at])) for at in range(len(wishes))]
        if near and query.feedback == round:
            found[near.index(max(near))].append(query)
    return found


def _is(ids: list[str]) -> str:
    return f"{listed(ids)} {'is' if len(ids) == 1 else 'are'}" if ids else "Nothing is"


def _stays(ids: list[str]) -> str:
    return "stays" if len(ids) == 1 else "stay"


def _new(count: int) -> str:
    return {0: "nothing new was found", 1: "one finding is new"}.get(count, f"{count} findings are new")
