"""Every vendored browser file is the one its package published, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]

in_each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=["static", "tests"])


def manifest(folder: Path) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((folder / "MANIFEST.json").read_text())
    return entries


@in_each_folder
def test_every_vendored_file_is_in_the_manifest(folder: Path) -> None:
    on_disk = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert on_disk - {"MANIFEST.json"} == {entry["file"] for entry in manifest(folder)}


@in_each_folder
def test_every_vendored_file_is_unchanged(folder: Path) -> None:
    changed = [
        entry["file"]
        for entry in manifest(folder)
        if hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]
    ]
    assert changed == []


@in_each_folder
def test_every_vendored_package_brings_its_licence(folder: Path) -> None:
    entries = manifest(folder)
    with_licence = {e["package"] for e in entries if e["file"].startswith("LICENSES/")}
    assert with_licence == {e["package"] for e in entries}


@in_each_folder
def test_the_manifest_names_the_locked_versions(folder: Path) -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {(e["package"], e["version"]) for e in manifest(folder)} <= {
        (path.removeprefix("node_modules/"), about.get("version")) for path, about in locked.items()
    }
