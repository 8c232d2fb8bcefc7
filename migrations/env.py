"""Alembic's surroundings: the application's engine and the models' metadata."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import communities.models  # noqa: F401 - fills the metadata
import love_bank.models  # noqa: F401 - fills the metadata
import oversight.models  # noqa: F401 - fills the metadata
import wishes.models  # noqa: F401 - fills the metadata
from foundation.db import Base, db
from foundation.sealed import SealedText

# Tables that SQLite's full-text search keeps for itself are not models.
SHADOWS = ("wish_search",)


def include_object(thing: object, name: str, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave out what belongs to the search index."""
    return not (kind == "table" and str(name).startswith(SHADOWS))


def render_item(kind: str, thing: object, _context: object) -> str | bool:
    """A sealed column is bytes to the database."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(thing, SealedText) else False


def migrate(connection: Connection) -> None:
    """Run the migrations on one connection, in one transaction each."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
        include_object=include_object,
        render_item=render_item,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with current_app.app_context(), db.engine.connect() as connection:
        migrate(connection.execution_options(write=True))
