"""Every column that could hold something about a person is classified; a new one has to be thought about."""

import pytest
from django.apps import apps
from django.db import connection, models

from contacts.privacy.columns import IMPERSONAL, PERSONAL

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
ADDRESS = (models.GenericIPAddressField,)


def may_hold_text(field: models.Field) -> bool:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return isinstance(field, TEXT + ADDRESS)


def columns() -> set[tuple[str, str]]:
    """Every column of text, JSON or an address, of every table that Django makes for the installed apps."""
    return {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if may_hold_text(field)
    }


def listed(registry: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    return {(label, name) for label, names in registry.items() for name in names}


def test_every_column_is_classified():
    assert columns() - listed(PERSONAL) - listed(IMPERSONAL) == set()


def test_no_column_is_classified_twice_or_does_not_exist():
    assert listed(PERSONAL) & listed(IMPERSONAL) == set()
    assert (listed(PERSONAL) | listed(IMPERSONAL)) - columns() == set()


def test_a_new_column_is_noticed(monkeypatch):
    assert ("contacts.Submission", "discard_reason") in columns()

    monkeypatch.setitem(PERSONAL, "contacts.Submission", PERSONAL["contacts.Submission"] - {"discard_reason"})

    with pytest.raises(AssertionError):
        test_every_column_is_classified()


@pytest.mark.django_db
def test_no_table_stands_beside_the_models():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    others = set(connection.introspection.table_names()) - known
    # Django's record of the migrations it has run; the full-text index of SearchEntry, in SQLite a table and its parts.
    assert {name for name in others if not name.startswith("contacts_search")} == {"django_migrations"}
