"""What almost every request asks of a table, as SQL that is made once: Django makes it anew, at four times the cost."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

_Model = type[models.Model]
_M = TypeVar("_M", bound=models.Model)


def rows_where(model: type[_M], *, is_locked: bool = False, **values: Any) -> Iterator[_M]:
    """The rows whose fields, by name, hold these values; `is_locked` as by QuerySet.select_for_update."""
    sql = _select(model, tuple(values), is_locked, connection.vendor)
    return iter(model._default_manager.raw(sql, _stored(model, values)))


def change_where(model: _Model, changed: Mapping[str, Any], **values: Any) -> int:
    """Has the rows whose fields hold these values hold what is `changed`, by names too. Returns how many it changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            _update(model, tuple(changed), tuple(values)), [*_stored(model, changed), *_stored(model, values)]
        )
        return cursor.rowcount


@cache
def _select(model: _Model, names: tuple[str, ...], is_locked: bool, vendor: str) -> str:
    wanted = ", ".join(f'"{field.column}"' for field in _fields(model).values())
    # In SQLite whoever writes holds the whole database.
    lock = " FOR UPDATE" if is_locked and vendor != "sqlite" else ""
    return f'SELECT {wanted} FROM "{model._meta.db_table}" WHERE {_equal(model, names, " AND ")}{lock}'  # noqa: S608


@cache
def _update(model: _Model, changed: tuple[str, ...], names: tuple[str, ...]) -> str:
    what, where = _equal(model, changed, ", "), _equal(model, names, " AND ")
    return f'UPDATE "{model._meta.db_table}" SET {what} WHERE {where}'  # noqa: S608


def _equal(model: _Model, names: Iterable[str], between: str) -> str:
    return between.join(f'"{_fields(model)[name].column}" = %s' for name in names)


def _stored(model: _Model, values: Mapping[str, Any]) -> list[Any]:
    fields = _fields(model)
    return [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]


@cache
def _fields(model: _Model) -> dict[str, models.Field]:
    return {field.name: field for field in model._meta.concrete_fields}
