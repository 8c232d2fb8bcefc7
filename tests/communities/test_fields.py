"""What people type and what is kept of it."""

from __future__ import annotations

import pytest

from communities.forms.fields import plain, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("换灯泡\r\n两个", "换灯泡\n两个"),
        ("  换\u3000灯泡 ", "换 灯泡"),
        ("换\x00灯\x07泡", "换灯泡"),
        ("👩‍🔧𠮷喆", "👩‍🔧𠮷喆"),
        (None, ""),
    ],
)
def test_a_text_is_tidied_and_nothing_of_it_is_lost(typed: str | None, kept: str) -> None:
    assert tidy(typed) == kept


def test_full_width_is_read_as_half_width() -> None:
    assert plain(" ２０２６－１１－２８ ") == "2026-11-28"
    assert plain("−1") == "-1"
