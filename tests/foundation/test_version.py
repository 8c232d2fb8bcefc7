"""The number of a database's writes: it moves with every write, for every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from foundation.db import db, transaction
from foundation.version import find_version, writing

one_database = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)
OTHER = "import sys; from foundation.version import writing\nwith writing(sys.argv[1]): pass"
DIES = OTHER.replace("pass", "import os; os._exit(1)")


@one_database
@pytest.mark.usefixtures("app")
class TestFindVersion:
    def test_a_write_moves_it_and_a_read_does_not(self) -> None:
        before = find_version(db.engine)
        assert find_version(db.engine) == before
        with transaction():
            assert find_version(db.engine) is None
        after = find_version(db.engine)
        assert after is not None
        assert after != before

    def test_a_write_that_is_rolled_back_moves_it_too(self) -> None:
        before = find_version(db.engine)
        with pytest.raises(RuntimeError), transaction():
            raise RuntimeError
        assert find_version(db.engine) not in (None, before)


def run_other(code: str, path: Path) -> None:
    subprocess.run([sys.executable, "-c", code, path], cwd=Path(__file__).parents[2], check=False)


@one_database
def test_another_process_moves_it_and_one_that_dies_lets_nobody_keep(app: Flask) -> None:
    path = Path(str(db.engine.url.database))
    before = find_version(db.engine)
    run_other(OTHER, path)
    assert find_version(db.engine) not in (None, before)
    run_other(DIES, path)
    assert find_version(db.engine) is None
    with writing(os.fspath(path)):
        pass
    assert find_version(db.engine) is not None


@pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("app")
def test_a_database_with_many_writers_has_none() -> None:
    assert find_version(db.engine) is None
