"""A process that verifies one reported service after the other until somebody kills it.

    python -m tests.harness.verifier URL INSTANCE WISH:VERIFIER …

Prints a line after each that the service said is done.
"""

from __future__ import annotations

import sys

from app import create_app
from tests.conftest import SETTINGS
from wishes.rules.proof import Decision
from wishes.services.completing import verify


def main() -> None:
    """Verify every pair, saying so only after the service returned."""
    url, home, *pairs = sys.argv[1:]
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "INSTANCE_PATH": home})
    with app.app_context():
        print("ready", flush=True)  # noqa: T201 - the parent listens
        for pair in pairs:
            wish_id, _colon, verifier_id = pair.partition(":")
            verify(int(wish_id), actor_id=int(verifier_id), decision=Decision.ACCEPTED)
            print(wish_id, flush=True)  # noqa: T201 - the parent listens


if __name__ == "__main__":
    main()
