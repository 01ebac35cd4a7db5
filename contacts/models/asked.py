"""What almost every request asks of a table, as SQL that is made once: Django makes it anew, at four times the cost."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

_M = TypeVar("_M", bound=models.Model)


def rows_where(model: type[_M], *, is_locked: bool = False, **values: Any) -> Iterator[_M]:
    """The rows whose fields, by name, hold these values; `is_locked` as by QuerySet.select_for_update."""
    sql, fields = _prepared(model, tuple(values), is_locked, connection.vendor)
    stored = [field.get_db_prep_value(value, connection) for field, value in zip(fields, values.values(), strict=True)]
    return iter(model._default_manager.raw(sql, stored))


@cache
def _prepared(
    model: type[models.Model], names: tuple[str, ...], is_locked: bool, vendor: str
) -> tuple[str, Sequence[models.Field]]:
    columns = {field.name: field for field in model._meta.concrete_fields}
    fields = [columns[name] for name in names]
    wanted = ", ".join(f'"{field.column}"' for field in columns.values())
    conditions = " AND ".join(f'"{field.column}" = %s' for field in fields)
    # In SQLite whoever writes holds the whole database.
    lock = " FOR UPDATE" if is_locked and vendor != "sqlite" else ""
    return f'SELECT {wanted} FROM "{model._meta.db_table}" WHERE {conditions}{lock}', fields  # noqa: S608  (only names)
