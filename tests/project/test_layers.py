"""Imports point down only; the client and the sandbox keep to themselves. Read from the source, functions included."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# From the top down. Rooms in one layer don't know each other; a layer of one pattern may know itself.
LAYERS = [
    [r"contacts\.(urls|apps)"],
    [r"contacts\.(admin|checks|middleware|context_processors)|contacts\.(views|management|templatetags)(\..+)?"],
    [r"contacts\.wording(\..+)?"],
    [r"contacts\.operations(\..+)?", r"contacts\.lookups(\..+)?"],
    [r"contacts\.history(\..+)?"],
    [r"contacts\.delivery(\..+)?", r"contacts\.entry(\..+)?", r"contacts\.privacy(\..+)?"],
    [r"contacts\.(models|reading)(\..+)?|contacts\.(contact|comparison|document|origin)"],
    [r"contacts\.text(\..+)?", r"contacts\.leonar(\..+)?"],
]


def modules(*packages: str) -> dict[str, Path]:
    found = {}
    for package in packages:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


APP = modules("contacts")
ACCOUNTS = modules("accounts")
PROJECT = modules("leonar_portal")
PORTAL = APP | ACCOUNTS | PROJECT
SANDBOX = modules("leonar_sandbox")


@cache
def imports(path: Path, name: str) -> frozenset[str]:
    """The dotted names that a module imports, wherever in it; `from a import b` is a.b if that is a module, else a."""
    return frozenset(_imports(path, name))


def _imports(path: Path, name: str) -> Iterator[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in PORTAL or whole in SANDBOX else base


def place(name: str) -> tuple[int, int] | None:
    """The layer and the room in it; None for what has no place."""
    for number, rooms in enumerate(LAYERS):
        for room, pattern in enumerate(rooms):
            if re.fullmatch(pattern, name):
                return number, room
    return None


def test_every_module_has_a_layer():
    homeless = [name for name in APP if name != "contacts" and place(name) is None]

    assert homeless == []


@pytest.mark.parametrize("name", sorted(set(APP) - {"contacts"}))
def test_imports_point_down_only(name):
    own = place(name)
    assert own is not None

    wrong = [
        other
        for other in imports(APP[name], name)
        if (there := place(other)) and (there[0] < own[0] or (there[0] == own[0] and there[1] != own[1]))
    ]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
def test_accounts_knows_of_contacts_the_event_log_its_origin_and_how_rows_are_asked_for_alone(name):
    of_contacts = [other for other in imports(ACCOUNTS[name], name) if other.split(".")[0] == "contacts"]

    assert set(of_contacts) <= {"contacts.models.asked", "contacts.models.event", "contacts.origin"}


def test_the_contacts_know_accounts_only_as_djangos_user_model():
    knowing = [name for name in APP if any(other.split(".")[0] == "accounts" for other in imports(APP[name], name))]

    assert knowing == []


def test_nobody_imports_the_project():
    importing = [
        name
        for name, path in (APP | ACCOUNTS | SANDBOX).items()
        if any(other.split(".")[0] == "leonar_portal" for other in imports(path, name))
    ]

    assert importing == []


def test_no_imports_go_round_in_a_circle():
    graph = {name: {other for other in imports(path, name) if other in PORTAL} for name, path in PORTAL.items()}

    TopologicalSorter({name: others - {name} for name, others in graph.items()}).prepare()


@pytest.mark.parametrize("name", sorted(name for name in APP if name.startswith("contacts.leonar")))
def test_the_client_knows_nothing_of_django_and_the_portal(name):
    outside = [
        other
        for other in imports(APP[name], name)
        if other.split(".")[0] == "django" or (other in PORTAL and not other.startswith("contacts.leonar"))
    ]

    assert outside == []


def test_what_a_contact_is_takes_of_django_the_translation_alone():
    of_django = {other for other in imports(APP["contacts.contact"], "contacts.contact") if other.startswith("django.")}

    assert of_django == {"django.utils.translation"}


def test_nothing_but_the_client_reaches_outside():
    outward = {"requests", "urllib3", "http.client", "urllib.request", "httpx", "aiohttp"}
    reaching = [name for name, path in PORTAL.items() if outward & imports(path, name)]

    assert [name for name in reaching if not name.startswith("contacts.leonar.")] == []


@pytest.mark.parametrize("name", sorted(SANDBOX))
def test_the_sandbox_needs_nothing_but_python(name):
    roots = {other.split(".")[0] for other in imports(SANDBOX[name], name)}

    assert roots - sys.stdlib_module_names == {"leonar_sandbox"} & roots


def test_nothing_of_the_portal_imports_the_sandbox():
    scripts = {path.stem: path for path in (ROOT / "scripts").glob("*.py")}
    importing = [
        name
        for name, path in (PORTAL | scripts).items()
        if any(other.split(".")[0] == "leonar_sandbox" for other in imports(path, name))
    ]

    assert importing == []
