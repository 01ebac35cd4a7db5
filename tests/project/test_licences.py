"""What production runs on has licences that a company may run."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "licences.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_is_among_those_allowed(script, capsys):
    assert script.main() == 0
    assert {"django", "gunicorn", "psycopg"} <= {line.split()[0] for line in capsys.readouterr().out.splitlines()}


def test_one_that_is_not_is_named(script, monkeypatch, capsys):
    monkeypatch.setattr(script, "ALLOWED", script.ALLOWED - {"LGPL-3.0-only"})

    assert script.main() == 1
    assert "psycopg: LGPL-3.0-only" in capsys.readouterr().err


def test_a_licence_that_a_package_only_describes_is_not_taken_for_one(script, monkeypatch):
    monkeypatch.setattr(script, "READ_BY_HAND", {})

    assert not script.licences("qrcode") <= script.ALLOWED
