"""Copy the browser files out of node_modules and write down what was copied.

`make vendor` runs this after `npm ci --ignore-scripts`. Each folder gets a
MANIFEST.json (file, package, version, licence, sha256) and the licences' texts;
tests/house/test_vendor.py compares it with what is on disk.
"""

import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"

# folder → package → {file in the package: name in the folder}
FOLDERS: dict[str, dict[str, dict[str, str]]] = {
    "static/vendor": {
        "bootstrap": {
            "dist/css/bootstrap-reboot.min.css": "bootstrap-reboot.min.css",
            "dist/css/bootstrap-utilities.min.css": "bootstrap-utilities.min.css",
            "LICENSE": "LICENSES/bootstrap.txt",
        },
    },
    "tests/vendor": {
        "axe-core": {
            "axe.min.js": "axe.min.js",
            "LICENSE": "LICENSES/axe-core.txt",
            "LICENSE-3RD-PARTY.txt": "LICENSES/axe-core-3rd-party.txt",
        },
    },
}


def main() -> None:
    for folder, packages in FOLDERS.items():
        shutil.rmtree(ROOT / folder, ignore_errors=True)
        (ROOT / folder / "LICENSES").mkdir(parents=True)
        entries = [entry for name in packages for entry in copy(folder, name)]
        write_manifest(folder, entries)


def copy(folder: str, package: str) -> list[dict[str, str]]:
    """Copy one package's files; return their lines of the manifest."""
    about = json.loads((MODULES / package / "package.json").read_text())
    entries = []
    for source, target in FOLDERS[folder][package].items():
        copied = ROOT / folder / target
        shutil.copyfile(MODULES / package / source, copied)
        entries.append(
            {
                "file": target,
                "package": package,
                "version": about["version"],
                "licence": about["license"],
                "sha256": hashlib.sha256(copied.read_bytes()).hexdigest(),
            }
        )
    return entries


def write_manifest(folder: str, entries: list[dict[str, str]]) -> None:
    text = json.dumps(entries, indent=2, ensure_ascii=False)
    (ROOT / folder / "MANIFEST.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
