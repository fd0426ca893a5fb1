"""What the source of a hosted workflow says: the keywords that its first step reads, and what its steps wait for."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workflows.events import Event, StartEvent

_GUARDED = (ast.IfExp, ast.Try, ast.Match, ast.While, ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVES = (ast.Return, ast.Raise)
_MINGLED = (ast.If, ast.For, ast.AsyncFor, *_GUARDED)


@dataclass(frozen=True)
class Wait:
    """A call of `ctx.wait_for_event`.

    Attributes:
        kind: the class that is waited for, if it can be known.
        asks: a question goes out before, as far as can be seen.
    """

    kind: type[Event] | None
    asks: bool


@dataclass(frozen=True)
class Keywords:
    """What a step reads of its event, by name: always, or only under a condition or with a default."""

    always: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()


def keywords(step: Callable[..., Any], parameter: str) -> Keywords:
    """The names that `step` reads of its parameter of that name; none, where its source cannot be had."""
    function = _source(step)
    if function is None:
        return Keywords()
    always: set[str] = set()
    for statement in function.body:
        always |= {name for node in _sure(statement) if (name := _attribute(node, parameter))}
        if isinstance(statement, _MINGLED) and any(isinstance(node, _LEAVES) for node in ast.walk(statement)):
            # What comes behind it may never be reached.
            break
    read = {name for node in ast.walk(function) if (name := _attribute(node, parameter) or _got(node, parameter))}
    own = {name for name in read if hasattr(StartEvent, name) or name.startswith("_")}
    return Keywords(frozenset(always - own), frozenset(read - always - own))


def waits(function: Callable[..., Any]) -> list[Wait]:
    """The calls of `wait_for_event` in a step or a tool."""
    source = _source(function)
    if source is None:
        return []
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    streams = any(_called(call) == "write_event_to_stream" for call in calls)
    found = []
    for call in calls:
        if _called(call) == "wait_for_event" and call.args:
            asks = streams or len(call.args) > 1 or any(each.arg == "waiter_event" for each in call.keywords)
            found.append(Wait(_class(call.args[0], function), asks))
    return found


def _source(function: Callable[..., Any]) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    except (OSError, TypeError, SyntaxError):
        return None
    found = tree.body[0] if tree.body else None
    return found if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) else None


def _sure(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a statement that are reached whenever it is."""
    yield node
    if isinstance(node, ast.If | ast.IfExp):
        parts: list[ast.AST] = [node.test]
    elif isinstance(node, ast.For | ast.AsyncFor):
        parts = [node.iter]
    elif isinstance(node, ast.BoolOp):
        parts = [node.values[0]]
    elif isinstance(node, ast.comprehension):
        parts = [node.iter]
    elif isinstance(node, _GUARDED):
        parts = []
    else:
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from _sure(part)


def _attribute(node: ast.AST, parameter: str) -> str | None:
    read = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and _is(node.value, parameter)
    return node.attr if read and isinstance(node, ast.Attribute) else None


def _got(node: ast.AST, parameter: str) -> str | None:
    """The name in `ev.get("name")`."""
    if not (isinstance(node, ast.Call) and _called(node) == "get" and node.args):
        return None
    name = node.args[0]
    of = node.func.value if isinstance(node.func, ast.Attribute) else None
    return str(name.value) if _is(of, parameter) and isinstance(name, ast.Constant) else None


def _is(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _class(node: ast.expr, function: Callable[..., Any]) -> type[Event] | None:
    names = inspect.getclosurevars(inspect.unwrap(function))
    found: Any = None
    for part in ast.unparse(node).split("."):
        found = {**names.globals, **names.nonlocals}.get(part) if found is None else getattr(found, part, None)
    return found if isinstance(found, type) and issubclass(found, Event) else None
