from tools.coverage_by_room import rooms, row


def measured(lines: int, branches: int) -> dict[str, object]:
    return {"summary": {"covered_lines": lines, "num_statements": 10, "covered_branches": branches, "num_branches": 4}}


def test_each_folder_is_summed_up() -> None:
    found = rooms(
        {
            "src/sayso/engine/feed.py": measured(10, 4),
            "src/sayso/engine/deep/er.py": measured(5, 1),
            "src/sayso/settings.py": measured(0, 0),
        }
    )
    assert row("engine", found["engine"]).split() == ["engine", "15", "of", "20", "75%", "5", "of", "8", "62%"]
    assert row("sayso", found["sayso"]).split() == ["sayso", "0", "of", "10", "0%", "0", "of", "4", "0%"]
    assert set(found) == {"engine", "sayso"}
