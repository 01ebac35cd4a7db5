"""Requirements: pinned exactly, with hashes, for both files alike, and without addresses to fetch from."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = ["contacts", "accounts", "leonar_portal", "leonar_sandbox"]
FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(\[[a-z0-9,-]+\])?==(\S+)( ;.*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def imported(path: Path) -> list[str]:
    """The modules that a file imports, wherever in it, but for those that only the type checker sees."""
    tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    for_types = [node for node in tree if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    nodes = set(tree) - {inner for node in for_types for inner in ast.walk(node)}
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]


def pins(name: str) -> dict[str, list[str]]:
    """The pinned version of each package, more than one where platforms differ."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        match = PIN.match(line)
        if match:
            found.setdefault(match[1], []).append(match[3])
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_a_hash_or_a_comment(name):
    strange = [
        line for line in lines(name) if not (PIN.match(line) or HASH.match(line) or line.strip().startswith("#"))
    ]

    assert strange == []


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash(name):
    text = lines(name)

    without = [line for line, following in pairwise(text) if PIN.match(line) and not HASH.match(following)]

    assert pins(name)
    assert without == []


def test_every_package_that_the_portal_imports_is_asked_for_by_name():
    sources = [path for package in OWN for path in (ROOT / package).rglob("*.py")]
    roots = {name.split(".")[0] for path in sources for name in imported(path)}
    others = roots - sys.stdlib_module_names - set(OWN)
    distributions = packages_distributions()

    asked_for = {re.split(r"[ ><=\[]", line)[0].lower() for line in lines("requirements.in") if line and line[0] != "#"}
    missing = {
        root for root in others if not {name.lower().replace("_", "-") for name in distributions[root]} & asked_for
    }

    assert {"urllib3", "certifi"} <= others
    assert missing == set()


@pytest.mark.parametrize("name", [*FILES, "requirements.in", "requirements-dev.in"])
def test_no_addresses_are_in_them(name):
    text = "\n".join(lines(name))

    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|@ ", text)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_asked_for_is_pinned(name):
    wanted = [re.match(r"[A-Za-z0-9.-]+", line) for line in lines(f"{name}.in") if line and line[0] not in "#-"]

    missing = [match[0] for match in wanted if match and match[0].lower() not in pins(f"{name}.txt")]

    assert missing == []


def test_production_runs_on_no_tool_of_tests():
    tools = [re.match(r"[A-Za-z0-9-]+", line) for line in lines("requirements-dev.in") if line and line[0] not in "#-"]
    names = {match[0].lower() for match in tools if match}

    assert {"pytest", "hypothesis", "playwright"} <= names
    assert names & set(pins("requirements.txt")) == set()


def test_the_readme_has_production_installed_from_what_it_runs_on():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    production = readme[readme.index("## Run it for real") :]

    assert "pip install --require-hashes -r requirements.txt" in production
    assert "requirements-dev" not in production.partition("## How it is laid out")[0]


def test_both_files_pin_the_same_versions():
    run, develop = (pins(name) for name in FILES)

    assert {name: develop.get(name) for name in run} == run
