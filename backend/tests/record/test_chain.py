"""Canonical JSON, its hash, and links over it."""

import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.canonical import canonical, digest
from sayso.record.chain import linked


def test_the_example_of_rfc_8785() -> None:
    """Section 3.2.4: the bytes that every implementation has to give."""
    value = json.loads(
        r"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"""
    )
    assert (
        canonical(value)
        == (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([1.0, -0.0, 1e16, 1e21, 1e-7, 0.1, 123456789.0, "1.0", "1e-7", "\U0001f600", "\ue000"])
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(VALUES)
def test_every_json_has_one_form_that_is_the_same_after_it_was_sent(value: object) -> None:
    form = canonical(value)  # type: ignore[arg-type]  # JSON by its strategy
    assert canonical(json.loads(json.dumps(value))) == form
    assert canonical(json.loads(form)) == form


def test_numbers_that_no_reader_can_hold_are_told_apart() -> None:
    assert digest([2**60]) != digest([2**60 + 1])
    assert digest({"a": [float("inf"), 2**64]}) != digest({"a": [float("-inf"), 2**64]})


def test_half_a_surrogate_pair_has_none() -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        canonical("\ud800")


def test_a_link_is_over_all_of_its_fields() -> None:
    first = linked("r", None, "start", seq=0, at="2026", content={"question": "why?"})
    second = linked("r", first, "shown", seq=2, at="2027", content=[])
    assert (first.position, first.previous, second.position, second.previous) == (1, None, 2, first.hash)
    assert first.holds()
    assert second.holds()
    others: dict[str, Any] = {
        "chain": "x",
        "position": 3,
        "kind": "x",
        "seq": 1,
        "at": "x",
        "content_hash": "x",
        "previous": None,
    }
    for field, value in others.items():
        assert not replace(second, **{field: value}).holds(), field
    assert {*others, "hash"} == set(second.__slots__)


@given(VALUES)
def test_the_fast_way_gives_the_bytes_of_rfc_8785(value: Any) -> None:
    try:
        expected = rfc8785.dumps(value)
    except ValueError:
        return
    assert canonical(value) == expected
