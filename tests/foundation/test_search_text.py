import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.search_text import (
    MOST_QUERY_TOKENS,
    fold,
    index_text,
    match_query_postgres,
    match_query_sqlite,
    query_tokens,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ｈｕａｗｅｉ　Ｐ４０", "huawei p40"),
        ("广场３号", "广场3号"),
        ("  换\n灯泡 ", "换 灯泡"),
        ("Café ①", "cafe 1"),
        ("Straße", "strasse"),
        ("👨‍👩‍👧 ❤️", "👨👩👧 ❤"),
        ("𠮷野家\x00\u200b", "𠮷野家"),
    ],
)
def test_texts_are_compared_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_spellings_meet(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_search_words_are_plain_letters(text: str) -> None:
    assert set(index_text(text)) <= set("abcdefghijklmnopz ")


def test_pairs_cross_the_border_between_chinese_and_digits() -> None:
    assert set(query_tokens("场3")) <= set(index_text("人民广场3号").split())


def test_pairs_do_not_cross_a_space() -> None:
    assert not set(query_tokens("泡星")) & set(index_text("换灯泡 星期六").split())


def test_one_character_looks_for_the_beginning_of_a_pair() -> None:
    assert query_tokens("灯") == ["hagp*"]
    assert match_query_sqlite("灯") == "hagp*"
    assert match_query_postgres("灯") == "hagp:*"


def test_several_words_must_all_be_there() -> None:
    assert words("灯泡  星期六 灯泡") == ["灯泡", "星期六"]
    assert match_query_postgres("灯泡 周六") == "hagpgmob & fegifbgn"
    assert match_query_sqlite("灯泡 周六") == "hagpgmob fegifbgn"


@pytest.mark.parametrize("query", ["", "   ", "\u200b", "\x00"])
def test_an_empty_query_matches_nothing_by_itself(query: str) -> None:
    assert match_query_sqlite(query) is None
    assert match_query_postgres(query) is None


def test_a_very_long_query_stays_small() -> None:
    assert len(query_tokens("".join(map(chr, range(0x4E00, 0x6E00))))) == MOST_QUERY_TOKENS
