from tools.file_size import complaints

LONGER = {"engine/segment.py": 284}


def test_a_file_over_the_bound_is_named() -> None:
    assert complaints({"src/a.py": 250}, 250, {}) == []
    (said,) = complaints({"src/a.py": 251}, 250, {})
    assert said.startswith("src/a.py has 251 lines; 250 is the bound.")


def test_a_file_on_the_list_may_shrink_but_not_grow() -> None:
    assert complaints({"src/sayso/engine/segment.py": 284}, 250, LONGER) == []
    (grown,) = complaints({"src/sayso/engine/segment.py": 285}, 250, LONGER)
    assert "284 is the bound" in grown
    (short,) = complaints({"src/sayso/engine/segment.py": 250}, 250, LONGER)
    assert "take it out of `longer`" in short
    (gone,) = complaints({"src/sayso/engine/other.py": 9}, 250, LONGER)
    assert "engine/segment.py" in gone
