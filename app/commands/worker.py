"""`flask worker`: sends mails and runs the clocks until it is stopped."""

from __future__ import annotations

from flask import Flask, current_app

from app.jobs import make_queue, sweep, sweep_folders


def register(app: Flask) -> None:
    """Add the command."""

    @app.cli.command("worker")
    def worker() -> None:
        """Send due mails and run the clocks, every minute, until stopped."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own way
        sweep(app)
        make_queue(app).create_consumer(workers=2, periodic=True).run()

    @app.cli.command("sweep")
    def one_sweep() -> None:
        """Run one round of the worker now, one inspection folder included."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own way
        sweep(app)
        sweep_folders(app)
