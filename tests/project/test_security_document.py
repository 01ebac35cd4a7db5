"""docs/security.md answers every requirement of levels 1 and 2 once, and names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# How many requirements each section of ASVS 5.0 has from its first on, without those of level 3; V5.4 is section 5.4.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
ROW = re.compile(r"^\| (\d+\.\d+)\.(\d+)(?:–\1\.(\d+))? \| (met|n/a|open|operator) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`((?:[a-z_]+/)+(?:\w+\.py)?)(?:::(\w+))?`")


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))


def test_every_requirement_is_answered_once():
    answered = [
        f"{section}.{number}"
        for section, first, last, *_ in rows()
        for number in range(int(first), int(last or first) + 1)
    ]

    assert sorted(answered) == sorted(f"{name}.{n}" for name, most in SECTIONS.items() for n in range(1, most + 1))


def test_what_is_named_is_there():
    named = {found for *_, reason in rows() for found in TEST.findall(reason)}
    places = {path: [ROOT / above / path for above in ("tests", "contacts", ".")] for path, _name in named}

    assert [path for path, files in places.items() if not any(file.exists() for file in files)] == []
    own = [(ROOT / "tests" / path, name) for path, name in named if name]
    assert len(own) > 10
    assert [name for file, name in own if not re.search(rf"^ *(?:class|def) {name}\b", file.read_text(), re.M)] == []


def test_what_is_met_says_by_what():
    assert [number for section, number, _, status, reason in rows() if status == "met" and len(reason) < 10] == []
