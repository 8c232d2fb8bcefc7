"""What the tests of asks share: an ask in some state, by the shortest way."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area, User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import make_worker
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.life import AskState
from wishes.services.asking import submit_ask
from wishes.services.following_up import finish_passed_on
from wishes.services.replying import accept_ask, answer_ask, pass_on_ask

BENCH = AskWords(title="小广场加长椅", text="老人买菜回来想歇歇脚。", is_public=True)
NOTHING = PrivateWords()


def ask_in(
    community: Area, *, words: AskWords = BENCH, private: PrivateWords = NOTHING,
    by: User | None = None,
) -> Ask:  # fmt: skip
    """A public ask that waits."""
    asker = by.id if by else None
    code = submit_ask(community.id, words=words, private=private, actor_id=asker)
    return db.session.scalars(select(Ask).where(Ask.code == code)).one()


def answered_ask(community: Area, *, by: User | None = None, worker: User | None = None) -> Ask:
    """An ask with its first reply."""
    ask_id = ask_in(community, by=by).id
    worker_id = (worker or make_worker(community=community)).id
    answer_ask(ask_id, actor_id=worker_id, reply="长椅下月装。")
    return ask_of(ask_id)


def ask_as(community: Area, state: AskState) -> Ask:
    """An ask in a state that staff bring about, without its wish being verified."""
    worker = make_worker(community=community).id
    ask_id = ask_in(community).id
    if state is AskState.ACCEPTED:
        accept_ask(ask_id, actor_id=worker)
    elif state is AskState.ANSWERED:
        answer_ask(ask_id, actor_id=worker, reply="好")
    elif state in (AskState.PASSED_ON, AskState.DONE):
        pass_on_ask(ask_id, actor_id=worker, to="街道市政办", reason="归市政管")
        if state is AskState.DONE:
            finish_passed_on(ask_id, actor_id=worker, done="井盖换了新的。")
    return ask_of(ask_id)


def ask_of(ask_id: int) -> Ask:
    """The ask as it is stored now."""
    db.session.rollback()
    return db.session.get_one(Ask, ask_id)


def belong(ask: Ask, wish_id: int) -> Ask:
    """Say that a wish that was made elsewhere came from this ask, and is verified."""
    ask_id = ask.id
    with transaction() as session:
        kept = session.get_one(Ask, ask_id)
        kept.wish_id, kept.state = wish_id, AskState.DONE
        kept.replied_at = clock.now()
    return ask_of(ask_id)
