"""What `make run` stands on: the port is asked first, every process can be stopped."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ask_for(port: int | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bin/port.py"],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_said_in_one_sentence_in_both_languages() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = ask_for(port)
    assert answer.returncode == 1
    assert f"端口 {port} 已被占用" in answer.stderr
    assert f"Port {port} on 127.0.0.1 is in use" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_free_port_is_passed_over_in_silence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as passing:
        port = passing.getsockname()[1]
    answer = ask_for(port)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_a_port_that_is_no_number_is_said_in_a_sentence() -> None:
    assert "PORT=80a 不是端口号" in ask_for("80a").stderr


def test_every_process_replaces_its_shell_so_that_signals_reach_it() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert lines
    assert [line for line in lines if not line.partition(": ")[2].startswith("exec ")] == []
