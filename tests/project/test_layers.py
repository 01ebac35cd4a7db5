"""Imports point down only; the client and the sandbox keep to themselves. Read from the source, functions included."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# From the top down. A module stands in the first layer that fits; what has no other place holds values.
LAYERS = [
    r"contacts\.(urls|apps)",
    r"contacts\.(admin|checks|middleware)|contacts\.(views|management|templatetags)(\..+)?",
    r"contacts\.services(\..+)?",
    r"contacts\.(forms|rows)",
    r"contacts\.(?!leonar)\w+",
    r"contacts\.leonar(\..+)?",
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
PORTAL = APP | modules("leonar_portal")
SANDBOX = modules("leonar_sandbox")


def imports(path: Path, name: str) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it; `from a import b` is a.b if that is a module, else a."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in PORTAL | SANDBOX else base


def layer(name: str) -> int | None:
    return next((number for number, pattern in enumerate(LAYERS) if re.fullmatch(pattern, name)), None)


def test_every_module_has_a_layer():
    homeless = [name for name in APP if name != "contacts" and layer(name) is None]

    assert homeless == []


@pytest.mark.parametrize("name", sorted(set(APP) - {"contacts"}))
def test_imports_point_down_only(name):
    own = layer(name)
    assert own is not None

    upward = [other for other in imports(APP[name], name) if (layer(other) or own) < own]

    assert upward == []


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


def test_nothing_but_the_client_reaches_outside():
    outward = {"requests", "urllib3", "http.client", "urllib.request", "httpx", "aiohttp"}
    reaching = [name for name, path in PORTAL.items() if outward & set(imports(path, name))]

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
