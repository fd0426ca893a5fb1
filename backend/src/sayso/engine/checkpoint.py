"""What a workflow's serialized context says: whether it may be stored, is idle, and can take an answer.

Reads the public result of `Context.to_dict()`, and decides; it does no I/O.
"""

from typing import Any

State = dict[str, Any]


def storable(state: State) -> bool:
    """Whether a run restored from `state` does nothing twice.

    Not before the start or after the end, and not while a running step has already sent events: restored, that
    step runs again and would send them again.
    """
    workers = state["workers"].values()
    if not state["is_running"] or any(each.get("received") for worker in workers for each in worker["in_progress"]):
        return False
    # A waiter that has its answer, but whose step is not done: restored, the library runs that step twice.
    return not any(
        waiter["has_requirements"] and waiter["resolved_event"] is not None
        for worker in workers
        for waiter in worker["collected_waiters"]
    )


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
