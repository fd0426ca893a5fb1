"""What a workflow's serialized context says: whether it may be stored, is idle, and can take an answer.

Reads the public result of `Context.to_dict()`, and decides; it does no I/O.
"""

from typing import Any

from workflows.events import StopEvent

State = dict[str, Any]

NEVER = f"{StopEvent.__module__}.{StopEvent.__name__}"
"""An event that no step is sent; every serializer knows it."""


def storable(state: State) -> bool:
    """Whether a run restored from `state` does nothing twice.

    Not before the start or after the end, and not while a running step has already sent events: restored, that
    step runs again and would send them again.
    """
    workers = state["workers"].values()
    return state["is_running"] and not any(each.get("received") for worker in workers for each in worker["in_progress"])


def settle_answered(state: State) -> None:
    """Have a restored run begin a step that waits again once only, though it has waited before.

    LlamaIndex begins it once for each of its waiters with requirements, to hear them again; and one that has its answer
    would take the next one for its own, because its requirements are not in the context. So it waits for nothing.
    """
    for worker in state["workers"].values():
        for waiter in worker["collected_waiters"]:
            if waiter["has_requirements"] and waiter["resolved_event"] is not None:
                waiter["has_requirements"] = False
                waiter["waiting_for_event"] = NEVER


def idle(state: State) -> bool:
    """Whether nothing can happen any more without an answer from outside.

    A restored context that is idle does not say so by an event, so this is the only sure sign.
    """
    if not state["is_running"] or state["deliveries"]:
        return False
    return not any(worker["queue"] or worker["in_progress"] for worker in state["workers"].values())


def waiters(state: State) -> int:
    """How many `ctx.wait_for_event` calls with requirements a restored run registers anew."""
    return sum(
        1
        for worker in state["workers"].values()
        for waiter in worker["collected_waiters"]
        if waiter["has_requirements"] and waiter["resolved_event"] is None
    )


def settled(state: State, *, since: int, expected: int) -> bool:
    """Whether the waiters of a restored run are registered again; an answer sent earlier is silently lost.

    Args:
        since: `journal_seq` of the checkpoint.
        expected: `waiters` of the checkpoint.
    """
    if state["journal_seq"] <= since + expected:
        return False
    for worker in state["workers"].values():
        suspended = {waiter["work_item_id"] for waiter in worker["collected_waiters"] if waiter["has_requirements"]}
        if any(attempt["work_item_id"] in suspended for attempt in worker["in_progress"] + worker["queue"]):
            return False
    return True


def busy_steps(state: State) -> list[str]:
    """Steps that a run restored from `state` runs first."""
    return [name for name, worker in state["workers"].items() if worker["in_progress"] or worker["queue"]]
