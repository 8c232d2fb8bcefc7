"""A crowd of browsers in one thread: so many connections, each asks again once it is answered.

Requests are bytes made beforehand and answers are hardly read: the server shall be the busy one.
"""

from __future__ import annotations

import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_SECONDS = 60.0


@dataclass
class Load:
    """What came back: how long each answer took (seconds) and with which status."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, share: int) -> float:
        """The time within which this share (in a hundred) of the answers came."""
        return statistics.quantiles(self.took, n=100)[share - 1]


@dataclass
class _Browser:
    sock: socket.socket
    began: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.began = time.perf_counter()
        self.sock.sendall(request)

    def read(self) -> int | None:
        """The status once the whole answer is here."""
        more = self.sock.recv(262_144)
        if not more:
            raise ConnectionError("the server hung up")
        self.got += more
        return _status(self.got)


def _status(got: bytearray) -> int | None:
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(got[:end]).lower()
    at = head.find(b"content-length:")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return int(head[9:12]) if len(got) >= end + 4 + length else None


def get(path: str, **headers: str) -> bytes:
    """The bytes of a GET."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode()


def post(path: str, form: str) -> bytes:
    """The bytes of a POST of a form without a token."""
    kind = "application/x-www-form-urlencoded"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(form)}\r\n\r\n{form}".encode()


def fetch(port: int, request: bytes) -> bytes:
    """One answer, whole."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
        browser = _Browser(sock)
        browser.ask(request)
        while browser.read() is None:
            pass
        return bytes(browser.got)


def drive(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Load:
    """Ask for so many seconds over so many connections; ends early when the requests do."""
    load = Load()
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            sock = socket.create_connection(("127.0.0.1", port), timeout=30)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(sock, selectors.EVENT_READ, _Browser(sock))
        try:
            _ask_all(waiting, requests, load, min(seconds, MOST_SECONDS))
        finally:
            for key in list(waiting.get_map().values()):
                key.data.sock.close()
    return load


def _ask_all(
    waiting: selectors.BaseSelector, requests: Iterator[bytes], load: Load, seconds: float
) -> None:
    asking = 0
    began = time.perf_counter()
    for key, request in zip(list(waiting.get_map().values()), requests, strict=False):
        key.data.ask(request)
        asking += 1
    while asking:
        ready = waiting.select(timeout=30)
        if not ready:
            raise TimeoutError("the server left everybody waiting for half a minute")
        for key, _events in ready:
            browser: _Browser = key.data
            status = browser.read()
            if status is None:
                continue
            now = time.perf_counter()
            load.took.append(now - browser.began)
            load.statuses[status] += 1
            following = next(requests, None) if now - began < seconds else None
            if following is None:
                asking -= 1
            else:
                browser.ask(following)
    load.seconds = time.perf_counter() - began
