"""Names, numbers, contacts, passwords and paths: plain rules."""

from __future__ import annotations

import pytest

from accounts.refusals import PasswordTooEasy, PasswordTooShort
from accounts.rules import (
    AreaKind,
    Contact,
    ensure_strong,
    find_contact,
    find_local_path,
    list_kinds_below,
    tidy,
    write_number,
)


class TestNumber:
    def test_it_has_twelve_digits_in_three_groups(self) -> None:
        assert [len(group) for group in write_number(387, 2216).split()] == [4, 4, 4]

    def test_a_wrong_digit_breaks_the_check(self) -> None:
        digits = write_number(387, 2216).replace(" ", "")
        assert (int(digits[:10]) + int(digits[10:])) % 97 == 0
        assert (int("3" + digits[1:10]) + int(digits[10:])) % 97 != 0


class TestContact:
    @pytest.mark.parametrize(
        "text", ["13800000142", "138 0000 0142", "+86 138-0000-0142", "１３８０００００１４２"]
    )
    def test_a_phone_has_one_spelling(self, text: str) -> None:
        assert find_contact(text) == Contact(phone="+8613800000142")

    @pytest.mark.parametrize(
        "text", ["Wang@Example.COM", " wang@example.com ", "wang＠example.com"]
    )
    def test_an_address_has_one_spelling(self, text: str) -> None:
        assert find_contact(text) == Contact(email="wang@example.com")

    @pytest.mark.parametrize(
        "text", ["", "王小明", "1380000014", "wang@", "@example.com", "a b@c.d"]
    )
    def test_anything_else_is_none(self, text: str) -> None:
        assert find_contact(text) is None


class TestTidy:
    @pytest.mark.parametrize("name", ["𠮷田喆", "阿依古丽·买买提", "王小明🌸", "김민준"])
    def test_rare_characters_stay(self, name: str) -> None:
        assert tidy(name) == name

    def test_control_and_direction_characters_go(self) -> None:
        assert tidy("王\x00小\u202e明\t \n甲") == "王小明 甲"


class TestPasswords:
    @pytest.mark.parametrize("password", ["", "short12", "x" * 129])
    def test_length_has_two_ends(self, password: str) -> None:
        with pytest.raises(PasswordTooShort):
            ensure_strong(password)

    @pytest.mark.parametrize(
        "password",
        [
            "12345678",
            "９８７６５４３２１０",
            "19800101",
            "aaaaaaaa",
            "abcdefgh",
            "Password1",
            "qwertyuiop",
        ],
    )
    def test_what_everybody_guesses_is_refused(self, password: str) -> None:
        with pytest.raises(PasswordTooEasy):
            ensure_strong(password)

    @pytest.mark.parametrize("password", ["13800000142", "x13800000142", "wangxiaoming"])
    def test_what_others_know_of_the_person_is_refused(self, password: str) -> None:
        with pytest.raises(PasswordTooEasy):
            ensure_strong(password, about=["13800000142", "WangXiaoming", None])

    @pytest.mark.parametrize(
        "password", ["梯子灯泡螺丝刀周六", "correct horse battery", "x7!kQ92m"]
    )
    def test_the_others_are_good(self, password: str) -> None:
        ensure_strong(password, about=["13800000142"])


class TestPaths:
    @pytest.mark.parametrize("path", ["/", "/wishes/3?from=board", "/desk/1/people#q"])
    def test_a_path_of_this_site_is_followed(self, path: str) -> None:
        assert find_local_path(path) == path

    @pytest.mark.parametrize(
        "path",
        [
            None, "", "wishes", "//evil.test", "/\\evil.test", "\\\\evil.test",
            "https://evil.test/", "javascript:alert(1)", "/\t/evil.test", "/ok\r\nSet-Cookie: a",
            "/" + "a" * 3000,
        ],
    )  # fmt: skip
    def test_anything_that_may_lead_elsewhere_is_not(self, path: str | None) -> None:
        assert find_local_path(path) is None


def test_each_level_lies_in_the_one_above() -> None:
    assert list_kinds_below(AreaKind.COMMUNITY) == [AreaKind.GRID]
    assert list_kinds_below(AreaKind.GRID) == []
    assert AreaKind.COMMUNITY not in list_kinds_below(None)
