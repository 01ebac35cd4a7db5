"""What almost every request asks of a table, as SQL that is made once: Django makes it anew, at four times the cost."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

_Model = type[models.Model]
_M = TypeVar("_M", bound=models.Model)


def rows_where(model: type[_M], *, is_locked: bool = False, **values: Any) -> Iterator[_M]:
    """The rows whose fields, by name, hold these values; `is_locked` as by QuerySet.select_for_update."""
    database = _database()
    with database.cursor() as cursor:
        sql = _select(model, tuple(values), is_locked, database.vendor)
        cursor.execute(sql, _stored(model, values, database))
        found = cursor.fetchall()
    names = _columns(model)
    for columns in found:
        yield made_of(model, names, columns)


def made_of(model: type[_M], names: tuple[str, ...], columns: Iterable[Any]) -> _M:
    """The row of which these columns were read, `names` in the order of the table; others are read when asked for."""
    database = _database()
    held = list(columns)
    for place, column, converters in _converters(model, names, database.vendor):
        for convert in converters:
            held[place] = convert(held[place], column, database)
    return model.from_db(database.alias, names, held)


def change_where(model: _Model, changed: Mapping[str, Any], *, one_more: str = "", **values: Any) -> int:
    """Has the rows whose fields hold these values hold what is `changed`, by names too, and one more in `one_more`.

    Returns how many it changed.
    """
    database = _database()
    with database.cursor() as cursor:
        sql = _update(model, tuple(changed), one_more, tuple(values))
        cursor.execute(sql, _stored(model, changed, database) + _stored(model, values, database))
        return cursor.rowcount


def put(row: models.Model) -> None:
    """Stores a new row as it stands, and tells it its number if the database numbers it.

    No signal is sent, and nothing is filled in: neither `auto_now` nor a default of the database's.
    Raises django.db.IntegrityError where another stands in its place.
    """
    database = _database()
    is_numbered = row.pk is None
    tells_number = f' RETURNING "{row._meta.pk.column}"' if is_numbered else ""
    with database.cursor() as cursor:
        cursor.execute(_insert(type(row), is_numbered) + tells_number, _held(row, is_numbered, database))
        if is_numbered:
            [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, database.alias


def put_all(rows: Sequence[models.Model]) -> None:
    """The same of a few rows of one table, which the database numbers; none of them is told its number."""
    if not rows:
        return
    database = _database()
    # In one statement: after several in a pipeline PostgreSQL may not end the transaction of a process that is stopped.
    with database.cursor() as cursor:
        held = [value for row in rows for value in _held(row, True, database)]
        cursor.execute(_insert(type(rows[0]), True, len(rows)), held)


def _database() -> BaseDatabaseWrapper:
    # Each question through django.db.connection looks the thread's connection up anew, and costs twice as much by it.
    return connections[DEFAULT_DB_ALIAS]


@cache
def _select(model: _Model, names: tuple[str, ...], is_locked: bool, vendor: str) -> str:
    wanted = ", ".join(f'"{field.column}"' for field in _fields(model).values())
    # In SQLite whoever writes holds the whole database.
    lock = " FOR UPDATE" if is_locked and vendor != "sqlite" else ""
    return f'SELECT {wanted} FROM "{model._meta.db_table}" WHERE {_equal(model, names, " AND ")}{lock}'  # noqa: S608


@cache
def _update(model: _Model, changed: tuple[str, ...], one_more: str, names: tuple[str, ...]) -> str:
    what, where = _equal(model, changed, ", "), _equal(model, names, " AND ")
    number = _fields(model)[one_more].column if one_more else ""
    counted = f', "{number}" = "{number}" + 1' if number else ""
    return f'UPDATE "{model._meta.db_table}" SET {what}{counted} WHERE {where}'  # noqa: S608


@cache
def _insert(model: _Model, is_numbered: bool, rows: int = 1) -> str:
    columns = [f'"{field.column}"' for field in _inserted(model, is_numbered)]
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES {places}'  # noqa: S608


def _held(row: models.Model, is_numbered: bool, database: BaseDatabaseWrapper) -> list[Any]:
    fields = _inserted(type(row), is_numbered)
    return [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]


@cache
def _converters(model: _Model, names: tuple[str, ...], vendor: str) -> list[tuple[int, Col, list[Callable[..., Any]]]]:
    """What the fields make of these columns: by its place each column of which one makes anything."""
    # Of whoever asks first, for all: each is given the connection that it is to read with.
    database = _database()
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns = [fields[name].get_col(model._meta.db_table) for name in names]
    each = [
        (place, column, database.ops.get_db_converters(column) + column.get_db_converters(database))
        for place, column in enumerate(columns)
    ]
    return [(place, column, converters) for place, column, converters in each if converters]


def _equal(model: _Model, names: Iterable[str], between: str) -> str:
    return between.join(f'"{_fields(model)[name].column}" = %s' for name in names)


def _stored(model: _Model, values: Mapping[str, Any], database: BaseDatabaseWrapper) -> list[Any]:
    fields = _fields(model)
    return [fields[name].get_db_prep_save(value, database) for name, value in values.items()]


@cache
def _columns(model: _Model) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _fields(model: _Model) -> dict[str, models.Field]:
    return {field.name: field for field in model._meta.concrete_fields}


@cache
def _inserted(model: _Model, is_numbered: bool) -> list[models.Field]:
    """The fields of a new row: none that the database makes of others, and not the key where it numbers the rows."""
    fields = _fields(model).values()
    return [field for field in fields if not field.generated and not (is_numbered and field.primary_key)]
