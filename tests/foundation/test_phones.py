import pytest

from foundation.phones import NotAPhone, is_phone, mask_phone, normal_phone, show_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13800000142",
        "138 0000 0142",
        "138-0000-0142",
        "１３８００００１４２".replace("０１４２", "００１４２"),
        "+86 138 0000 0142",
        "＋86-13800000142",
        "0086 13800000142",
        " 86 13800000142\n",
    ],
)
def test_one_number_has_one_spelling(typed: str) -> None:
    assert normal_phone(typed) == "+8613800000142"


@pytest.mark.parametrize("typed", ["0433-3220000", "（0433）322 0000", "04333220000"])
def test_landlines_with_area_code_are_numbers(typed: str) -> None:
    assert normal_phone(typed) == "+864333220000"


def test_foreign_numbers_keep_their_country() -> None:
    assert normal_phone("+82 10-2000-3000") == "+821020003000"
    assert show_phone("+821020003000") == "+82 10-2000-3000"


def test_a_range_newer_than_the_list_is_taken() -> None:
    assert normal_phone("14200000001") == "+8614200000001"


@pytest.mark.parametrize(
    "typed",
    ["", "若干", "1380000014", "138000001421", "12345678901", "3220000", "𠮷", "1" * 5000],
)
def test_other_texts_are_refused_in_a_sentence(typed: str) -> None:
    assert not is_phone(typed)
    with pytest.raises(NotAPhone, match="11 位手机号"):
        normal_phone(typed)


def test_shown_and_masked() -> None:
    assert show_phone("+8613800000142") == "138 0000 0142"
    assert mask_phone("+8613800000142") == "138****0142"
    assert mask_phone("+864333220000") == "043****0000"
