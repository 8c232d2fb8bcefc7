"""`flask create-admin`: the first person of an installation, and perhaps the first areas."""

from __future__ import annotations

import os

import click
from flask import Flask
from flask_babel import gettext as _

from accounts.queries.people import find_operator_name
from accounts.rules import AreaKind, tidy
from accounts.services.areas import AreaCard, add_area
from accounts.services.registering import prepare_newcomer, register_operator
from foundation.forms import say
from foundation.refusal import Refusal

PASSWORD = "ADMIN_PASSWORD"  # noqa: S105 - the name of a variable


@click.command("create-admin")
@click.option("--name", help="姓名 · name")
@click.option("--email", help="邮箱 · e-mail (or --phone)")
@click.option("--phone", help="手机号 · phone (or --email)")
@click.option("--city", help="城市 · first city")
@click.option("--street", help="街道 · first street")
def create_admin(
    name: str | None, email: str | None, phone: str | None, city: str | None, street: str | None
) -> None:
    """Make the first person (运维). The password is asked for, or taken from ADMIN_PASSWORD."""
    existing = find_operator_name()
    if existing is not None:
        click.echo(_("运维账号已经有了：%(name)s。其他人请登录后邀请。", name=existing))
        return
    name = name or click.prompt(_("姓名"))
    contact = email or phone or click.prompt(_("邮箱或手机号"))
    secret = os.environ.get(PASSWORD) or click.prompt(
        _("密码（至少 8 个字符，不显示）"), hide_input=True, confirmation_prompt=True
    )
    try:
        newcomer = prepare_newcomer(name, contact=contact, password=secret, agreed=True)
        actor_id = register_operator(newcomer)
        _first_areas(city, street, actor_id=actor_id)
    except Refusal as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("好了，%(name)s。启动后用 %(contact)s 登录。", name=tidy(name), contact=contact))
    click.echo(_("下一步：打开 /areas，加街道和社区，再邀请社区工作者。"))


def _first_areas(city: str | None, street: str | None, *, actor_id: int) -> None:
    parent_id = None
    for kind, typed in ((AreaKind.CITY, city), (AreaKind.STREET, street)):
        if typed and tidy(typed):
            card = AreaCard(name=tidy(typed)[:60])
            parent_id = add_area(parent_id, kind=kind, card=card, actor_id=actor_id)


def register(app: Flask) -> None:
    """Hang the command on the app."""
    app.cli.add_command(create_admin)
