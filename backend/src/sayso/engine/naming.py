"""Workflows as `SAYSO_WORKFLOWS` names them: `name=module:Class`, or an instance, and `name=module:Class(field)`."""

import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from workflows import Workflow
from workflows.errors import WorkflowValidationError

from sayso.engine.hosting import HostedWorkflow
from sayso.engine.names import load_class
from sayso.errors import SettingsError


def named_workflows(entries: Iterable[str]) -> list[HostedWorkflow]:
    """What each of `entries` names; of a class one instance.

    Raises:
        SettingsError: it cannot be found, made or hosted, and why.
    """
    entries = list(entries)
    if entries and (here := str(Path.cwd())) not in sys.path:
        # A command that was installed looks for no modules where it is called. Last, so that none hides a library.
        sys.path.append(here)
    hosted = []
    for entry in entries:
        name, _, path = entry.partition("=")
        try:
            found = re.fullmatch(r"([^(]+)(?:\((\w+)\))?", path)
            assert found is not None
            workflow = _workflow(found[1])
            hosted.append(HostedWorkflow(name, workflow, question_as=found[2], isolated=True))
        except SettingsError as error:
            raise SettingsError(f"SAYSO_WORKFLOWS: {name}: {error}.") from error
    return hosted


def check_names(hosted: Iterable[HostedWorkflow]) -> None:
    """Refuse two workflows of one name; `report` is Sayso's own.

    Raises:
        SettingsError: naming it.
    """
    seen: set[str] = set()
    for each in hosted:
        if each.name in seen:
            whose = "Sayso's own" if each.name == "report" else "there twice"
            raise SettingsError(f"SAYSO_WORKFLOWS: the workflow {each.name} is {whose}; give yours another name.")
        seen.add(each.name)


def _workflow(path: str) -> Workflow:
    found = load_class(path)
    if isinstance(found, Workflow):
        return found
    if not (isinstance(found, type) and issubclass(found, Workflow)):
        raise SettingsError(f"{path} is no Workflow, neither a class nor an instance")
    try:
        parameters = inspect.signature(found).parameters.values()
        takes = any(each.name == "timeout" or each.kind is each.VAR_KEYWORD for each in parameters)
        # Limits are the engine's; a class that sets a time-out of its own knows why.
        return found(timeout=None) if takes else found()
    except TypeError as error:
        raise SettingsError(f"{error}; make an instance in the module, and name that") from error
    except WorkflowValidationError as error:
        raise SettingsError(str(error)) from error
