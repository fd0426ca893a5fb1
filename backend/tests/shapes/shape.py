"""What there is of shapes of workflows, with what their authors expect of them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Shape:
    """A workflow as `SAYSO_WORKFLOWS` names it, what it is started with, and what comes of it.

    Attributes:
        path: behind `name=`.
        result: `data.result` of the run, or of an agent its text.
        answers: what is answered to each question, by its text.
    """

    path: str
    result: Any
    question: str = "cats"
    options: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


YES = {"Delete a.txt?": "yes"}
GONE = "Then: a.txt is gone"
BOOKED = {
    "guest": "Ada",
    "arrival": "2027-01-02",
    "stays": [{"city": "Rome", "nights": 2}, {"city": "Oslo"}],
    "room": "double",
}

SHAPES = {
    "keywords": Shape("shapes.starting:Keywords", 5, options={"a": 2, "b": 3}),
    "gets": Shape("shapes.starting:Gets", ["one", "none", True], options={"first": "one", "third": None}),
    "gets-nothing": Shape("shapes.starting:Gets", [None, "none", False]),
    "conditional": Shape("shapes.starting:Conditional", "no extra for cats"),
    "conditional-given": Shape("shapes.starting:Conditional", [1], options={"extra": [1]}),
    "joke": Shape("shapes.starting:Joke(topic)", "Why do cats never sleep? Weak."),
    "joke-by-option": Shape("shapes.starting:Joke", "Why do owls never sleep? Weak.", options={"topic": "owls"}),
    "retrieval": Shape("shapes.starting:Retrieval(query)", "cats: cats, cattle"),
    "typed-start": Shape(
        "shapes.starting:TypedStart(topic)",
        {"title": "cats for children", "words": 100, "tags": ["a"]},
        options={"brief": {"audience": "children"}, "tags": ["a"]},
    ),
    "one-field": Shape("shapes.starting:OneField(topic)", {"topic": "cats", "mood": "grim"}, options={"mood": "grim"}),
    "own-init": Shape("shapes.starting:OwnInit(topic)", "CATS"),
    "own-timeout": Shape("shapes.starting:OwnTimeout", "yes", answers={"In time?": "yes"}),
    "defaults": Shape("shapes.starting:Defaults", "Hello, cats"),
    "instance": Shape("shapes.starting:greeter", "Welcome, cats"),
    "plain": Shape("shapes.starting:Plain", 4),
    "free": Shape("shapes.starting:Free", "ca..."),
    "resourceful": Shape("shapes.starting:Resourceful", ["kept", "cats"]),
    "unvalidated": Shape("shapes.starting:Unvalidated", "done"),
    "branches": Shape("shapes.flowing:Branches", "left 1", question="left or right"),
    "loops": Shape("shapes.flowing:Loops", "lift off"),
    "fan-out": Shape("shapes.flowing:FanOut", 55),
    "lists": Shape("shapes.flowing:Lists", [1, 2, 3, 4]),
    "kinds": Shape("shapes.flowing:Kinds", ["Right", "Left"]),
    "typed-state": Shape(
        "shapes.flowing:TypedState", [2, ["cats", "Ada"], "2026-02-03"], answers={"Which name?": "Ada"}
    ),
    "dict-state": Shape("shapes.flowing:DictState", ["cats", 2026, 3, "on"], answers={"Go on?": "on"}),
    "flaky": Shape("shapes.flowing:Flaky", 2),
    "caught": Shape("shapes.flowing:Caught", "work failed"),
    "outer": Shape("shapes.flowing:Outer", "stac"),
    "derived": Shape("shapes.flowing:Derived", "derived 4"),
    "model-result": Shape(
        "shapes.flowing:ModelResult",
        {"mood": "good", "at": "2026-01-02", "notes": [{"text": "n", "at": "2026-01-02T03:04:00Z"}]},
    ),
    "streams": Shape("shapes.flowing:Streams", "one two three", question="one two three"),
    "unkept": Shape("shapes.flowing:Unkept", "held"),
    "carries": Shape("shapes.flowing:Carries", "yes", answers={"Used cats?": "yes"}),
    "prefix": Shape("shapes.asking:Prefix", "42", answers={"Enter a number: ": "42"}),
    "prompt": Shape("shapes.asking:Prompt", "yes", answers={"Shall we look for cats?": "yes"}),
    "questions": Shape("shapes.asking:Questions", ["2", "cats"], answers={"How many?": "2", "And of what?": "cats"}),
    "waits": Shape("shapes.asking:Waits", ["yes", "Ada"], answers={"Are you sure?": "yes"}),
    "waits-unasked": Shape("shapes.asking:WaitsUnasked", ["yes", "Ada"], answers={"Are you sure?": "yes"}),
    "waits-twice": Shape("shapes.asking:WaitsTwice", ["a", "b"], answers={"First?": "a", "Second, after a?": "b"}),
    "waits-plainly": Shape("shapes.asking:WaitsPlainly", "yes", answers={"Yes?": "yes"}),
    "waits-typed": Shape("shapes.asking:WaitsTyped", [True, ""], answers={"Confirm?": {"confirmed": True}}),
    "waits-for-another": Shape("shapes.asking:WaitsForAnother", "swordfish", answers={"The word?": "swordfish"}),
    "visits": Shape(
        "shapes.asking:Visits",
        {"Rome": 3, "Oslo": 5},
        answers={"How many days in Rome?": "3", "How many days in Oslo?": "5"},
    ),
    "one-text": Shape("shapes.asking:OneText", "Hello Ada", answers={"Your name?": "Ada"}),
    "one-text-as-object": Shape("shapes.asking:OneText", "Hello Ada", answers={"Your name?": {"name": "Ada"}}),
    "one-number": Shape("shapes.asking:OneNumber", 8, answers={"How many?": "7"}),
    "declared-response": Shape("shapes.asking:DeclaredResponse", "FINE", answers={"Well?": "fine"}),
    "books": Shape("shapes.asking:Books", ["Ada", 2027, 3, "Rome", "double"], answers={"Book?": BOOKED}),
    "two-classes": Shape(
        "shapes.asking:TwoClasses",
        "kept, too low",
        answers={"Deal?": {"response_type": "Declined", "why": "too low"}},
    ),
    "two-questions": Shape("shapes.asking:TwoQuestions", [4, "red"], answers={"Size?": "4", "Colour?": "red"}),
    "rounds": Shape(
        "shapes.asking:Rounds",
        "cats and dogs",
        answers={"Content with “cats”?": "and dogs", "Content with “cats and dogs”?": "yes"},
    ),
    "checks": Shape("shapes.asking:Checks", ["fine", "Ada"], answers={"Your answer is needed.": "fine"}),
    "function-agent": Shape("shapes.agents:function_agent", GONE, question="delete it", answers=YES),
    "function-agent-unasked": Shape("shapes.agents:function_agent", "Then: 3", question="count them"),
    "unasked-agent": Shape("shapes.agents:unasked_agent", GONE, question="delete it", answers=YES),
    "slow-agent": Shape("shapes.agents:slow_agent", GONE, question="delete it", answers=YES),
    "react-agent": Shape("shapes.agents:react_agent", GONE, question="delete it", answers=YES),
    "agent-workflow": Shape(
        "shapes.agents:agent_workflow", "Then: a.txt is gone / 3", "delete, then count", answers=YES
    ),
    "remembering": Shape("shapes.agents:remembering", f"{GONE} / remembered 2", "remember and delete", answers=YES),
    "team": Shape(
        "shapes.agents:team",
        "Then: Agent worker is now handling the request due to the following reason: it knows how.\n"
        "Please continue with the current request. / a.txt is gone",
        question="handoff and delete",
        answers=YES,
    ),
}
WORKFLOWS = ",".join(f"{name}={shape.path}" for name, shape in SHAPES.items())
