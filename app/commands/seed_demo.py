"""`flask seed-demo`: a believable month of an invented neighbourhood, in an empty database."""

from __future__ import annotations

import time

import click
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import Area, User
from app.demo.month import seed_month
from app.demo.people import ACCOUNTS, PASSWORD_VARIABLE, demo_password
from foundation.db import db, in_a_hurry
from foundation.forms import say
from foundation.refusal import Refusal


@click.command("seed-demo")
@click.option("--if-empty", is_flag=True, help="有数据就什么都不做 · keep the data there is")
@click.option("--people", default=40, show_default=True, help="志愿者人数 · volunteers")
@click.option("--wishes", default=90, show_default=True, help="心愿个数 · wishes (at least 80)")
@click.option("--seed", default=2026, show_default=True, help="同一天同一个数，结果一样 · the dice")
@click.option("--pictures/--no-pictures", default=True, help="画不画服务照片 · draw the photos")
def seed_demo(if_empty: bool, people: int, wishes: int, seed: int, pictures: bool) -> None:
    """Fill an empty database with example data, and say who can sign in."""
    if _has_data():
        if not if_empty:
            raise click.ClickException(_("数据库里已经有数据，示例数据只放进空的数据库。"))
        click.echo(_("数据库里已经有数据，都留着，没有放示例数据。"))
        if _has_demo():
            _say_accounts()
        return
    began = time.monotonic()
    click.echo(_("正在放入示例数据，大约一分钟……"))
    try:
        with in_a_hurry():
            month = seed_month(people=max(people, 12), wishes=wishes, seed=seed, pictures=pictures)
    except Refusal as refusal:
        raise click.ClickException(say(refusal)) from refusal
    for refused in month.timeline.refused:
        click.echo(refused, err=True)
    click.echo(_("放好了，用了 %(n)s 秒。", n=round(time.monotonic() - began)))
    _say_accounts()


def _has_data() -> bool:
    return any(
        db.session.execute(select(column).limit(1)).first() is not None
        for column in (User.id, Area.id)
    )


def _has_demo() -> bool:
    query = select(User.id).where(User.email == ACCOUNTS["operator"].email)
    return db.session.execute(query).first() is not None


def _say_accounts() -> None:
    """Print the accounts; the password only when the demo's own word opens them."""
    click.echo("")
    click.echo(_("示例账号（密码都是 %(password)s）：", password=demo_password()))
    for account in ACCOUNTS.values():
        click.echo(f"  {account.email:<24} {account.name:<5} {account.role}")
    click.echo(_("这些人和单位都是编的；密码可用环境变量 %(name)s 改。", name=PASSWORD_VARIABLE))


def register(app: Flask) -> None:
    """Hang the command on the app."""
    app.cli.add_command(seed_demo)
