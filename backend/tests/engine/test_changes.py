import asyncio

from sayso.engine.changes import ChangedRuns, Changes


async def changes(watch: object) -> Changes:
    async with asyncio.timeout(5):
        found: Changes = await anext(watch)  # type: ignore[call-overload]  # an async iterator, as watch() gives it
    return found


async def test_changes_are_gathered_for_each_watcher_and_none_is_missed() -> None:
    runs = ChangedRuns()
    runs.touch("before")
    first, second = runs.watch(), runs.watch()
    assert await changes(first) == Changes()
    runs.touch("a")
    assert await changes(second) == Changes()
    for _ in range(3):
        runs.touch("b")
    runs.erase("c")
    assert await changes(first) == Changes({"a", "b"}, {"c"})
    assert await changes(second) == Changes({"b"}, {"c"})
    runs.touch("d")
    runs.erase("d")
    assert await changes(first) == Changes(set(), {"d"})


async def test_a_closed_list_ends_its_watches() -> None:
    runs = ChangedRuns()
    watch = runs.watch()
    await changes(watch)
    runs.close()
    assert [each async for each in watch] == []


async def test_an_interrupted_watch_ends_and_the_next_one_goes_on() -> None:
    runs = ChangedRuns()
    watch = runs.watch()
    await changes(watch)
    runs.interrupt()
    assert [each async for each in watch] == []
    again = runs.watch()
    assert await changes(again) == Changes()
    runs.touch("a")
    assert await changes(again) == Changes({"a"}, set())


async def test_watchers_that_keep_up_get_the_same_changes_and_one_that_does_not_gets_all_in_one() -> None:
    runs = ChangedRuns()
    first, second, slow = runs.watch(), runs.watch(), runs.watch()
    for watch in (first, second, slow):
        await changes(watch)
    runs.touch("a")
    seen = await changes(first)
    assert seen is await changes(second)
    runs.touch("b")
    runs.erase("a")
    assert await changes(first) == await changes(second) == Changes({"b"}, {"a"})
    assert await changes(slow) == Changes({"b"}, {"a"})
