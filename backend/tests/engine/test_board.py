import asyncio

from sayso.engine.board import Board, Changes


async def changes(watch: object) -> Changes:
    async with asyncio.timeout(5):
        found: Changes = await anext(watch)  # type: ignore[call-overload]  # an async iterator, as watch() gives it
    return found


async def test_changes_are_gathered_for_each_watcher_and_none_is_missed() -> None:
    board = Board()
    board.touch("before")
    first, second = board.watch(), board.watch()
    assert await changes(first) == Changes()
    board.touch("a")
    assert await changes(second) == Changes()
    for _ in range(3):
        board.touch("b")
    board.erase("c")
    assert await changes(first) == Changes({"a", "b"}, {"c"})
    assert await changes(second) == Changes({"b"}, {"c"})
    board.touch("d")
    board.erase("d")
    assert await changes(first) == Changes(set(), {"d"})


async def test_a_closed_board_ends_its_watches() -> None:
    board = Board()
    watch = board.watch()
    await changes(watch)
    board.close()
    assert [each async for each in watch] == []


async def test_an_interrupted_watch_ends_and_the_next_one_goes_on() -> None:
    board = Board()
    watch = board.watch()
    await changes(watch)
    board.interrupt()
    assert [each async for each in watch] == []
    again = board.watch()
    assert await changes(again) == Changes()
    board.touch("a")
    assert await changes(again) == Changes({"a"}, set())
