"""What works on the same store as the service, from when it is opened until it is closed."""

from typing import Protocol


class Companion(Protocol):
    async def open(self) -> None: ...

    async def close(self) -> None: ...


class Companions(list[Companion]):
    """All of them, opened and closed together."""

    async def open(self) -> None:
        for companion in self:
            await companion.open()

    async def close(self) -> None:
        for companion in self:
            await companion.close()
