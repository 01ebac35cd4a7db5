"""The licence of each package that production runs on, as installed, against those that a company may run.

Weak copyleft (LGPL, MPL) is: nothing here is changed or shipped.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0", "MPL-2.0",
    "PSF-2.0",
}  # fmt: skip
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Its own classifier says "other" of a part under the MIT licence, beside the BSD licence of the rest.
READ_BY_HAND = {"qrcode": {"BSD-3-Clause", "MIT"}}


def pinned() -> list[str]:
    """The names in requirements.txt."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([a-z0-9][a-z0-9.-]*)(?:\[[^\]]*\])?==", text, re.MULTILINE)))


def licences(name: str) -> set[str] | None:
    """Those that the package names, all of which count; None where it is not for this platform."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    if told["License-Expression"]:
        return set(re.findall(r"[A-Za-z0-9.+-]+", re.sub(r"\b(?:AND|OR|WITH)\b", " ", told["License-Expression"])))
    classifiers = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if "License ::" in line]
    return {CLASSIFIERS.get(each, each) for each in classifiers if each != "OSI Approved"} or {
        told["License"] or "none"
    }


def main() -> int:
    """Prints all; 1 where one is not allowed."""
    found = {name: licences(name) for name in pinned()}
    wrong = {name: held - ALLOWED for name, held in found.items() if held is not None and held - ALLOWED}
    for name, held in found.items():
        print(f"{name:<24} {', '.join(sorted(held)) if held else 'not for this platform'}")
    for name, others in wrong.items():
        print(f"{name}: {', '.join(sorted(others))} is not among the licences that are allowed.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
