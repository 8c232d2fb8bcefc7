"""Settings: from the environment, with defaults that work on one machine."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from foundation.sealed import new_private_key

DEFAULTS: dict[str, Any] = {
    "TIMEZONE": "Asia/Shanghai",
    "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
    "NOTICE_DAYS": 3,  # 公示期: minutes can be redeemed after it
    "SMALL_PEOPLE": 3,  # a small service may be verified in a batch
    "SMALL_MINUTES": 120,
    "RELEASE_HOURS": 12,  # before the start: a unit's places without a name go back
    # Clocks of the levels, in working days; over them a thing is late.
    "ASK_WAIT_DAYS": 1,
    "ASK_WORK_DAYS": 3,
    "WISH_AFTER_DAYS": 3,
    "REFERRAL_WAIT_DAYS": 1,
    "REFERRAL_WORK_DAYS": 5,
    "UNCLAIMED_DAYS": 3,  # an open wish so long without people is on the street's desk
    "UNVERIFIED_DAYS": 3,  # a report nobody has verified, likewise
    "SPOT_PERCENT": 5,  # of a month's verified services are called back, rounded up
    "STEP_UP_DAYS": 3,  # an unaccepted ask so late goes up a level by itself
    "WISH_MESSAGES_A_DAY": 3,  # to the people on one wish
    "DOOR_WEEK_CAP": 3,  # visits to one household a week; more need a reason
    "NO_SHOW_DAYS": 90,  # after which a no-show has faded
    "NO_SHOW_LIMIT": 0,  # so many in that time need a worker's nod before the next claim; 0: never
    "SERIES_MOST": 120,  # occurrences of one series
    "SERIES_ON_BOARD": 1,  # how many of a series' open days the wall shows at a time
    "VISIT_MINUTES": 120,  # a visit of an agreed long-term plan lasts at most so long
    "DISPATCH_DAYS": 3,  # days a unit or a volunteer has to answer an invitation
    "QUICK_ACCEPT_MINUTES": 5,  # 即办: a member of the team has so long to say yes
    "QUICK_ARRIVE_MINUTES": 20,  # from the yes to the check-in at the place
    "QUICK_WORK_MINUTES": 60,  # planned for the work itself
    "OFFER_HOURS": 12,  # a freed place is held for the first in line, shorter near the start
    "RECONFIRM_PEOPLE": 10,  # from so many people on, a wish asks again the day before; 0: never
    "RECONFIRM_HOMES": True,  # home visits ask again the day before
    "QUOTA_DAY": 0,  # live claims of one person a day (0: as many as they like)
    "QUOTA_WEEK": 0,  # the same for a week, from Monday
    "QUOTA_CATEGORIES": "",  # which categories the quota counts, with commas; empty: all
    "ITEM_PRICE_CAP": 500,  # yuan, told to whoever writes an item wish
    "BACKUP_DAYS": 3,  # before a campaign ends: what nobody took goes to its 兜底单位
    "RESIDENT_TAGS": "",  # words with commas between; empty: the usual ones
    "HELPER_DOORS": 5,  # how many doors a volunteer on the rounds takes, unless said otherwise
    "GUEST_DAYS": 7,  # after a lecture or clinic: names and numbers of who came are forgotten
    "FOLDER_DAYS": 7,  # how long an inspection folder can be fetched
    "PUBLIC_URL": "",  # https://… for links in mails; empty: the address the server has
    "MAIL_SERVER": "",
    "MAIL_PORT": 25,
    "MAIL_USERNAME": None,
    "MAIL_PASSWORD": None,
    "MAIL_USE_TLS": False,
    "MAIL_USE_SSL": False,
    "MAIL_DEFAULT_SENDER": "micro-wish@localhost",
    "MEDIA_URL": "",  # empty: instance/media; s3://bucket/prefix by setting
    "SHOW_PARTS": False,
    "HTTPS": False,
    "PROXIES": 0,  # how many reverse proxies of ours stand in front; their headers are believed
    "MAX_CONTENT_LENGTH": 90 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_HTTPONLY": True,
    "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
    "WTF_CSRF_TIME_LIMIT": None,
    "PASSWORD_MEMORY_KIB": 19456,
    "PASSWORD_ROUNDS": 2,
}
SECRETS = "secrets.env"


def _from_environment() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in (*DEFAULTS, "SECRET_KEY", "PRIVATE_KEY", "PRIVATE_KEYS_OLD"):
        text = os.environ.get(name)
        if text is None:
            continue
        default = DEFAULTS.get(name)
        if isinstance(default, bool):
            found[name] = text.lower() in ("1", "true", "yes", "on")
        elif isinstance(default, int):
            found[name] = int(text)
        else:
            found[name] = text
    return found


def _keep_secrets(instance: Path) -> dict[str, str]:
    """Read the keys of this installation; the first start makes them, for the owner only."""
    path = instance / SECRETS
    made = f"SECRET_KEY={secrets.token_urlsafe(32)}\nPRIVATE_KEY={new_private_key()}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(made)
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def load_settings(app: Flask, overrides: dict[str, Any] | None = None) -> None:
    """Put the settings on the app: defaults, installation keys, environment, overrides."""
    app.config.from_mapping(DEFAULTS)
    app.config.update(_from_environment())
    app.config.update(overrides or {})
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    if not (app.config.get("SECRET_KEY") and app.config.get("PRIVATE_KEY")):
        for name, value in _keep_secrets(instance).items():
            if not app.config.get(name):
                app.config[name] = value
    url = app.config.get("SQLALCHEMY_DATABASE_URI") or os.environ.get("DATABASE_URL")
    app.config["SQLALCHEMY_DATABASE_URI"] = _with_driver(
        url or f"sqlite:///{instance / 'micro-wish.sqlite3'}"
    )
    if app.config["HTTPS"]:
        app.config["SESSION_COOKIE_SECURE"] = True
        app.config["PREFERRED_URL_SCHEME"] = "https"


def _with_driver(url: str) -> str:
    """Our PostgreSQL driver is psycopg 3, whatever short name the hosting gives."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url
