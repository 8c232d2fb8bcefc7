"""Make .venv from a hash-locked list; do nothing when it already matches.

Usage: python3 bin/environment.py run|scale|test

Runs before anything is installed, so it uses the standard library only and is
written for any Python 3. Each list holds all of the one before it, so an
environment made for the tests is never taken apart by `make run`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 14)
LEVELS = ("run", "scale", "test")
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"
REQUIREMENTS = ROOT / "requirements"
BOOTSTRAP = REQUIREMENTS / "bootstrap.txt"


def main():
    level = max(sys.argv[1], made_level(), key=LEVELS.index)
    if is_made(level):
        return
    ensure_python()
    say("准备运行环境（%s），首次约需一分钟…… / Making the environment (%s)…" % (level, level))
    make_venv()
    install(level)
    STAMP.write_text("%s %s\n" % (level, fingerprint(level)))


def made_level():
    """The level that .venv was made for; it is kept when a list changes."""
    made = STAMP.read_text().split()[0] if STAMP.exists() else ""
    return made if made in LEVELS else LEVELS[0]


def is_made(level):
    """Whether .venv was made from today's list of this level."""
    if not STAMP.exists() or not python_of_venv().exists():
        return False
    return STAMP.read_text().split() == [level, fingerprint(level)]


def fingerprint(level):
    digest = hashlib.sha256()
    for lock in (BOOTSTRAP, lock_of(level)):
        digest.update(lock.read_bytes())
    digest.update(repr(sys.version_info[:2]).encode())
    return digest.hexdigest()


def lock_of(level):
    return REQUIREMENTS / (level + ".txt")


def python_of_venv():
    return VENV / "bin" / "python"


def ensure_python():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    stop(
        "需要 Python 3.11 至 3.14，现在是 %s；请安装后用 make PYTHON=python3.11 指定。"
        " / Python 3.11 to 3.14 is needed, this is %s: install one and name it with"
        " make PYTHON=python3.11." % ((sys.version.split()[0],) * 2)
    )


def make_venv():
    """Make the empty environment; a Debian without python3-venv is told so in a sentence."""
    if python_of_venv().exists() and venv_version() == sys.version_info[:2]:
        return
    try:
        import ensurepip  # noqa: F401  (missing exactly where Debian's python3-venv is)
        import venv
    except ImportError:
        stop(
            "缺少 python3-venv，请先运行：sudo apt install python3-venv"
            " / python3-venv is missing, please run: sudo apt install python3-venv"
        )
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(str(VENV))


def venv_version():
    told = subprocess.run(
        [str(python_of_venv()), "-c", "import sys; print(*sys.version_info[:2])"],
        stdout=subprocess.PIPE,
        universal_newlines=True,
    )
    return tuple(int(part) for part in told.stdout.split())


def install(level):
    python = str(python_of_venv())
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    call([*pip, "install", "--quiet", "--require-hashes", "-r", str(BOOTSTRAP)])
    call(
        [python, "-m", "uv", "pip", "sync", "--quiet", "--python", python, "--require-hashes"]
        + [str(BOOTSTRAP), str(lock_of(level))],
        env=uv_environment(pip),
    )


def uv_environment(pip):
    """Let uv use the package mirror that pip was told to use, and the Python that is here."""
    env = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    asked = subprocess.run(
        [*pip, "config", "get", "global.index-url"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
    )
    mirror = env.get("PIP_INDEX_URL") or asked.stdout.strip()
    if mirror:
        env.setdefault("UV_DEFAULT_INDEX", mirror)
    return env


def call(command, env=None):
    if subprocess.run(command, env=env).returncode != 0:
        stop(
            "安装依赖没有成功，原因见上；解决后再运行一次即可。"
            " / Installing the packages failed as said above; put it right and run this again."
        )


def say(sentence):
    print(sentence, flush=True)


def stop(sentence):
    sys.exit(sentence)


if __name__ == "__main__":
    main()
