"""The reports of finished runs in memory, as an engine keeps them."""

from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.report import Report


class Archive:
    """Implements `sayso.report.revision.Results`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Report, dict[str, JsonValue]]] = {}
        self.read: list[str] = []
        """Runs whose reports were asked for, in order."""

    async def report(self, run_id: str) -> Report:
        self.read.append(run_id)
        if run_id not in self.kept:
            raise ProtocolError(ErrorCode.RUN_NOT_FOUND, "There is no run with this id on this server.")
        return self.kept[run_id][0]

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        return self.kept[run_id][1]
