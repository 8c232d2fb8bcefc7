"""Residents' cards: sealed, found, looked at with a note, erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from accounts.refusals import AreaNotFound
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_supervisor,
    make_volunteer,
    make_worker,
)
from tests.races import at_once
from tests.statements import counted
from tests.wishes.looked_after import OLD, Place, card, make_place, make_resident, make_rule
from wishes.models import PrivateDetails, Resident, ResidentLook, Visit, Wish
from wishes.policies.residents import get_care_desk, get_counting_desk
from wishes.queries.residents import get_at_desk, list_cards, list_looks
from wishes.refusals.asks import GridNotHere
from wishes.refusals.residents import (
    ConsentTooEarly,
    NobodyToImport,
    ResidentNotFound,
    ResidentTwice,
)
from wishes.rules.kinds import Category
from wishes.rules.life import WishState
from wishes.rules.residents import Look, ResidentWords
from wishes.rules.rounds import Outcome
from wishes.services.private import look_at_details
from wishes.services.resident_looks import note_export_of_all, note_list, note_look
from wishes.services.residents import add_resident, add_residents, change_resident, erase_resident
from wishes.services.visiting import draft_for_resident, raise_ask, record_visit

pytestmark = pytest.mark.usefixtures("app")


def today() -> Any:
    return clock.local_day(clock.now())


class TestCards:
    def test_the_database_sees_no_name_no_door_and_no_tag(self) -> None:
        make_resident(make_place())
        row = db.session.execute(text("select * from resident")).one()
        raw = b"".join(bytes(each) for each in row if isinstance(each, (bytes, memoryview)))
        shown = " ".join(str(each) for each in row if isinstance(each, str))
        for secret in ("张奶奶", "501", "13800000142", OLD, "门铃", "morning"):
            assert secret.encode() not in raw
            assert secret not in shown

    def test_one_person_behind_one_door_has_one_card(self) -> None:
        place = make_place()
        make_resident(place)
        with pytest.raises(ResidentTwice):
            make_resident(place, door="３幢2单元501室")
        make_resident(place, name="张爷爷")
        copy = "update resident set person_mark = (select person_mark from resident limit 1)"
        with pytest.raises(IntegrityError), transaction() as session:
            session.execute(text(copy))

    def test_two_who_write_the_same_person_at_once_make_one_card(self, app: Flask) -> None:
        place = make_place()
        area, actor, words, day = place.grid.id, place.carer.id, card(), today()

        def write() -> None:
            add_resident(area, actor_id=actor, words=words, consent_on=day)

        answers = at_once(app, [write, write])
        assert sorted(map(str, answers)) == sorted(map(str, [None, ResidentTwice]))

    def test_consent_cannot_be_of_tomorrow(self) -> None:
        place = make_place()
        with pytest.raises(ConsentTooEarly):
            add_resident(
                place.grid.id, actor_id=place.carer.id, words=card(),
                consent_on=today() + timedelta(days=1),
            )  # fmt: skip

    def test_a_grid_of_another_community_is_refused(self) -> None:
        place, other = make_place(), make_grid(community=make_community())
        with pytest.raises(GridNotHere):
            add_resident(
                place.community.id, actor_id=place.worker.id, words=card(grid_id=other.id),
                consent_on=today(),
            )  # fmt: skip

    def test_a_card_moves_to_another_grid_but_not_out_of_the_own_sight(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        next_grid = make_grid(community=place.community)
        moved = card(grid_id=next_grid.id)
        with pytest.raises(ResidentNotFound):
            change_resident(resident_id, actor_id=place.carer.id, words=moved)
        change_resident(resident_id, actor_id=place.worker.id, words=moved)
        assert db.session.get_one(Resident, resident_id).grid_id == next_grid.id


class TestWho:
    def test_the_grid_and_the_community_open_cards_others_find_nothing(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        for person in (place.carer, place.worker):
            note_look(resident_id, actor_id=person.id)
        strangers = [
            make_grid_worker(grid=make_grid(community=place.community)),
            make_worker(community=make_community()),
            make_volunteer(),
        ]
        for person in strangers:
            with pytest.raises(ResidentNotFound):
                note_look(resident_id, actor_id=person.id)
            with pytest.raises(AreaNotFound):
                get_care_desk(person.id, place.grid.id)

    def test_a_supervisor_may_count_and_nothing_else(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        street = place.community.parent
        assert street is not None
        boss = make_supervisor(street=street)
        assert get_counting_desk(boss.id, place.community.id).id == place.community.id
        with pytest.raises(AreaNotFound):
            get_care_desk(boss.id, place.community.id)
        with pytest.raises(ResidentNotFound):
            note_look(resident_id, actor_id=boss.id)
        with pytest.raises(ResidentNotFound):
            record_visit(resident_id, actor_id=boss.id, outcome=Outcome.MET)

    def test_a_card_of_another_desk_is_not_there(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        with pytest.raises(ResidentNotFound):
            get_at_desk(make_grid(community=place.community), resident_id)


class TestLooks:
    def test_each_opened_card_is_a_look_a_list_one_a_day(self) -> None:
        place = make_place()
        resident_id, carer = make_resident(place), place.carer
        for _time in range(2):
            note_look(resident_id, actor_id=carer.id)
        assert len(list_looks(resident_id)) == 2
        note_list(place.grid.id, [resident_id], actor_id=place.worker.id)
        note_list(place.grid.id, [resident_id], actor_id=place.worker.id)
        assert [look.name for look in list_looks(resident_id)].count(place.worker.name) == 1

    def test_taking_the_list_home_is_written_on_every_card(self) -> None:
        place = make_place()
        ids = {make_resident(place), make_resident(place, name="李爷爷")}
        note_export_of_all(place.grid.id, actor_id=place.carer.id)
        looks = db.session.execute(select(ResidentLook.resident_id, ResidentLook.looked_as))
        assert {(number, look) for number, look in looks} == {(each, Look.EXPORT) for each in ids}

    def test_a_look_is_never_taken_back(self) -> None:
        place = make_place()
        note_look(make_resident(place), actor_id=place.carer.id)
        with pytest.raises(IntegrityError), transaction() as session:
            session.execute(text("delete from resident_look"))


def fill(place: Place, number: int) -> None:
    lines = [
        card(name=f"王{at}", door=f"{at % 40 + 1}号楼{at % 4 + 1}单元{at}", phone="", tags=())
        for at in range(number)
    ]
    add_residents(place.grid.id, actor_id=place.carer.id, lines=lines, consent_on=today())


class TestFinding:
    def test_three_thousand_are_searched_in_two_statements(self) -> None:
        place = make_place()
        fill(place, 3000)
        make_resident(place)
        desk = get_care_desk(place.carer.id, place.grid.id)
        for words, tag in (("张奶奶", ""), ("3幢2单元501室", ""), ("", OLD), ("张奶", OLD)):
            with counted() as statements:
                found = list_cards(desk, words=words, tag=tag)
            assert [each.name for each in found] == ["张奶奶"], words
            assert len(statements) <= 2

    def test_a_tag_narrows_a_door(self) -> None:
        place = make_place()
        make_resident(place)
        make_resident(place, name="张爷爷", tags=())
        desk = get_care_desk(place.carer.id, place.grid.id)
        assert len(list_cards(desk, words="3-2-501")) == 2
        assert [each.name for each in list_cards(desk, words="3-2-501", tag=OLD)] == ["张奶奶"]


class TestSheet:
    def test_who_is_there_already_is_passed_over(self) -> None:
        place = make_place()
        make_rule(place)
        make_resident(place)
        lines = [card(), card(name="李爷爷"), card(name="李爷爷", door="3幢2单元501")]
        answer = add_residents(
            place.community.id, actor_id=place.worker.id, lines=lines, consent_on=today()
        )
        assert answer == [1, 2]
        wanted = db.session.scalars(select(Resident.visits_wanted))
        assert set(wanted) == {2}

    def test_an_empty_sheet_is_refused(self) -> None:
        place = make_place()
        with pytest.raises(NobodyToImport):
            add_residents(place.grid.id, actor_id=place.carer.id, lines=[], consent_on=today())


class TestErasing:
    def test_nothing_of_the_person_stays(self) -> None:
        place = make_place()
        make_rule(place)
        resident_id = make_resident(place)
        actor = place.carer.id
        record_visit(resident_id, actor_id=actor, outcome=Outcome.MET, words="想女儿了")
        assert erase_resident(resident_id, actor_id=actor) == 0
        row = db.session.get_one(Resident, resident_id)
        assert (row.name, row.door, row.tags, row.phone, row.note) == (None,) * 5
        assert (row.door_mark, row.person_mark, row.visits_wanted) == (None, None, 0)
        assert db.session.scalars(select(Visit.words)).one() is None
        with pytest.raises(ResidentNotFound):
            note_look(resident_id, actor_id=actor)
        with pytest.raises(ResidentNotFound):
            erase_resident(resident_id, actor_id=actor)
        make_resident(place)  # the same person may come back

    def test_copies_go_with_what_is_over_and_stay_with_what_is_in_hand(self) -> None:
        place = make_place()
        resident_id, actor = make_resident(place), place.worker.id
        over, live = (draft_for_resident(resident_id, actor_id=actor) for _ in range(2))
        with transaction() as session:
            session.get_one(Wish, over).state = WishState.CANCELLED
        assert erase_resident(resident_id, actor_id=actor) == 1
        copies = db.session.execute(select(PrivateDetails.wish_id, PrivateDetails.door))
        assert {row.wish_id: row.door for row in copies} == {over: None, live: "3号楼2单元501"}

    def test_the_table_itself_refuses_half_an_erasure(self) -> None:
        make_resident(make_place())
        with pytest.raises(IntegrityError), transaction() as session:
            session.execute(text("update resident set erased_at = added_at"))


class TestWhatBeginsThere:
    def test_an_ask_is_private_and_carries_the_door(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        ask_id = raise_ask(
            resident_id, actor_id=place.carer.id, title="修水龙头", category=Category.REPAIR,
            text="", when="上午",
        )  # fmt: skip
        details = db.session.scalars(select(PrivateDetails)).one()
        assert (details.ask_id, details.name, details.door) == (ask_id, "张奶奶", "3号楼2单元501")
        visit = db.session.scalars(select(Visit)).one()
        assert (visit.resident_id, visit.outcome) == (resident_id, Outcome.MET)

    def test_a_draft_says_nothing_of_the_person_in_public(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        wish_id = draft_for_resident(resident_id, actor_id=place.worker.id)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.title, wish.text, wish.category) == ("", "", Category.OTHER)
        assert wish.public_place == "一网格"
        told = look_at_details(wish_id, actor_id=place.worker.id)
        assert (told.name, told.note) == ("张奶奶", "按门铃要等一会儿")

    def test_a_grid_worker_asks_instead(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        with pytest.raises(AreaNotFound):
            draft_for_resident(resident_id, actor_id=place.carer.id)
        assert db.session.execute(select(func.count()).select_from(Wish)).scalar_one() == 0


def test_words_are_only_what_is_needed() -> None:
    assert set(ResidentWords.__dataclass_fields__) == {
        "name", "door", "phone", "tags", "best_time", "note", "grid_id",
    }  # fmt: skip
