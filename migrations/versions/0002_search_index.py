"""The search index: folded text for LIKE to judge, pairs of characters to propose.

SQLite gets an FTS5 table without content (rowid = wish), PostgreSQL a tsvector with a GIN index.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FTS = (
    "CREATE VIRTUAL TABLE wish_search USING fts5("
    "words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='4')"
)


def upgrade() -> None:
    """Make both."""
    op.create_table(
        "wish_search_text",
        sa.Column(
            "wish_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("wish.id", name=op.f("fk_wish_search_text_wish_id_wish")),
            nullable=False,
        ),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_wish_search_text")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS)
    else:
        op.execute("ALTER TABLE wish_search_text ADD COLUMN words tsvector")
        op.execute("CREATE INDEX ix_wish_search_text_words ON wish_search_text USING gin (words)")


def downgrade() -> None:
    """Remove both."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE wish_search")
    op.drop_table("wish_search_text")
