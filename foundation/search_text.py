"""Search words made by the application: pairs of neighbouring characters, the same everywhere.

Neither SQLite's nor PostgreSQL's own tokenizer finds 灯泡 in 换灯泡. So a text is folded, cut
into pairs, and each pair is written with letters a–p only: any tokenizer keeps such a word
whole. An index of pairs finds every text that holds the searched words, and now and then one
that merely holds all their pairs: a search therefore always adds `contains_every_word()`, the
LIKE on the folded text, which is the judge.

    index_text(text)            for the FTS5 column (tokenize=ascii) or to_tsvector('simple', …)
    fold(text)                  for the column that LIKE rechecks
    match_query_sqlite(query)   for MATCH
    match_query_postgres(query) for to_tsquery('simple', …)
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, true

MOST_QUERY_TOKENS = 32  # a longer query is narrowed by its first pairs and judged by LIKE
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def _is_silent(char: str) -> bool:
    """Marks, joiners, variation selectors and control characters: nobody types them."""
    return (
        unicodedata.combining(char) != 0
        or unicodedata.category(char) in ("Cc", "Cf", "Cs")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0xE0100 <= ord(char) <= 0xE01EF
    )


@lru_cache(maxsize=65_536)
def _fold_char(char: str) -> str:
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(" " if c.isspace() else c for c in plain if c.isspace() or not _is_silent(c))


def fold(text: str) -> str:
    """The text as it is compared: full-width as half-width, no case, no accents, single spaces.

    Folded character by character, so a part of a text is always a part of its folded form.
    """
    return " ".join("".join(map(_fold_char, text)).split())


def words(query: str) -> list[str]:
    """The folded words of a query; a text is found when it holds every one of them."""
    return list(dict.fromkeys(fold(query).split()))


def _spell(char: str) -> str:
    """One character in letters: four, or z and five beyond U+FFFF, so none begins another."""
    code = ord(char)
    digits = f"{code:04x}" if code <= 0xFFFF else f"{code:05x}"
    return ("" if code <= 0xFFFF else "z") + digits.translate(_LETTERS)


def _pairs(word: str) -> list[str]:
    spelled = [_spell(char) for char in word]
    return [first + second for first, second in pairwise(spelled)]


def index_text(text: str) -> str:
    """The search words of a text, separated by spaces; a word's last character stands alone."""
    tokens: dict[str, None] = {}
    for word in fold(text).split():
        tokens.update(dict.fromkeys(_pairs(word)))
        tokens[_spell(word[-1])] = None
    return " ".join(tokens)


def query_tokens(query: str) -> list[str]:
    """The search words a query needs; one ending in '*' is the beginning of a search word."""
    tokens: dict[str, None] = {}
    for word in words(query):
        tokens.update(dict.fromkeys(_pairs(word) or [_spell(word) + "*"]))
    return list(tokens)[:MOST_QUERY_TOKENS]


def match_query_sqlite(query: str) -> str | None:
    """The FTS5 MATCH expression, or None when the query holds nothing to look for."""
    return " ".join(query_tokens(query)) or None


def match_query_postgres(query: str) -> str | None:
    """The text for to_tsquery('simple', …), or None when there is nothing to look for."""
    return " & ".join(token.replace("*", ":*") for token in query_tokens(query)) or None


def contains_every_word(folded: ColumnElement[str], query: str) -> ColumnElement[bool]:
    """The recheck every search adds: LIKE for each word on the column that holds `fold(text)`."""
    return and_(true(), *(folded.contains(word, autoescape=True) for word in words(query)))
