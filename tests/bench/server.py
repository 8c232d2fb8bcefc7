"""The product's own server, started with the options of the Procfile."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.ground import Ground

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its processes."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time that the server's processes have used so far, in seconds."""
        return sum(_ticks(pid) for pid in _family(self.pid)) / TICK


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(low for child in children for low in _family(int(child)))]


def _ticks(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(after_name[11]) + int(after_name[12])


def command() -> str:
    """The web line of the Procfile, opening the bench's application instead of the product's."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("web:"))
    return line.removeprefix("web:").replace("wsgi:app", "tests.bench.wsgi:app").strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start: {process.returncode}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as door:
                door.sendall(b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                if door.recv(12).endswith(b"200"):
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")


@contextmanager
def serving(ground: Ground) -> Iterator[Server]:
    """Start the server on this ground, stop it afterwards."""
    port = _free_port()
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    told = {**os.environ, **ground.environment, "HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen(["bash", "-c", command()], cwd=ROOT, env={**told, "PATH": path})
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
