"""Entries from before ø, ł and æ were folded are found by either spelling after the upgrade, as new ones are."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from contacts.history import search
from contacts.lookups import duplicates, suggestions
from contacts.models import ContactKey, SearchEntry, UsedValue
from contacts.text import folding
from tests.submissions import queued

pytestmark = pytest.mark.django_db

SOREN = {
    "first_name": "Søren",
    "last_name": "Łoś",
    "email": "soren@acme.example",
    "current_company": "Æbleskov",
    "tags": ["Malmö", "Øresund"],
    "source": "Møde",
}
ANA = {"first_name": "Ana", "last_name": "Łoś-Kowalska"}


@pytest.fixture
def upgrade(recruiter, monkeypatch):
    """Has the migration run over entries that were stored with the letters as they are."""

    def upgrade(*payloads: dict) -> list:
        with monkeypatch.context() as then:
            then.setattr(folding, "_PLAIN", {})
            # Letters are remembered as they were folded.
            folding._bare.cache_clear()
            stored = [queued(recruiter, payload) for payload in payloads]
        folding._bare.cache_clear()
        assert ContactKey.objects.filter(value__contains="ø").exists()
        import_module("contacts.migrations.0021_letters_folded").fold_again(apps, connection.schema_editor())
        return stored

    return upgrade


@pytest.mark.parametrize("typed", ["soren los", "Søren ŁOŚ", "aebleskov", "oresund"])
def test_the_history_finds_them(upgrade, admin, typed):
    [soren] = upgrade(SOREN)

    assert [row.pk for row in search.page(admin, search.Asked(text=typed)).rows] == [soren.pk]


@pytest.mark.parametrize("asked", [{"tag": "Øresund"}, {"tag": "oresund"}, {"source": "mode"}])
def test_its_filters_do_too(upgrade, admin, asked):
    [soren] = upgrade(SOREN)

    assert [row.pk for row in search.page(admin, search.Asked(**asked)).rows] == [soren.pk]


def test_they_are_recognised_as_entered_before(upgrade, recruiter):
    upgrade(SOREN)
    again = {"first_name": "Soren", "last_name": "Los", "current_company": "Aebleskov"}

    assert [found.matched for found in duplicates.find(again, viewer=recruiter)] == [("name_company",)]


def test_their_words_are_suggested(upgrade):
    upgrade(SOREN)

    assert [each.value for each in suggestions.beginning_with("tags", "ores").words] == ["Øresund"]


def test_everything_else_is_as_it_was_and_as_if_entered_now(upgrade, recruiter, monkeypatch):
    monkeypatch.setattr(import_module("contacts.migrations.0021_letters_folded"), "BATCH", 2)
    plain = {"first_name": "Karim", "last_name": "Haddad", "current_company": "Acme", "tags": ["Lyon"]}
    before = upgrade(SOREN, plain, ANA, plain | {"first_name": "Noor"})

    models = {ContactKey: ("kind", "value"), SearchEntry: ("words", "facts", "standing"), UsedValue: ("value", "key")}
    held = {model: sorted(model.objects.values_list(*columns)) for model, columns in models.items()}
    for row in before:
        row.delete()
    UsedValue.objects.all().delete()
    for row in before:
        queued(recruiter, row.payload)

    assert held == {model: sorted(model.objects.values_list(*columns)) for model, columns in models.items()}
