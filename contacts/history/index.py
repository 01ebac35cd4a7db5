"""The full-text index: which entries hold all of some tokens, newest or oldest first, at a price that does not grow.

FTS5 (SQLite) keeps each token's entries in the order of their numbers, which is that of time, so the first are found
without looking at the others. GIN (PostgreSQL) yields all that match before any can be ordered; so it is asked for one
stretch of time after the other, each a token as well: short ones first, longer ones where little was found.
"""

from collections.abc import Iterator, Sequence

from django.db import connection

# How far a number has to be shifted for the stretch of time it lies in, and the letter of the stretch's token; see the
# migration search_entries. A day and a half, twenty-five days, four hundred days.
STRETCHES = (("x", 49), ("y", 53), ("z", 57))
NUMBER_MOST = 2**63 - 1
# Of a merge: some tenths of a second.
_PAGES_A_STEP = 2000


def newest(tokens: Sequence[str], *, limit: int, above: int = -1, below: int = NUMBER_MOST) -> list[int]:
    """The greatest numbers between the two, of entries that hold all tokens; descending.

    A token that is a word finds whatever begins with it; `tokens` is never empty.
    """
    return _first(tokens, limit, above, below, is_newest_first=True)


def oldest(tokens: Sequence[str], *, limit: int, above: int = -1, below: int = NUMBER_MOST) -> list[int]:
    """The least numbers between the two, of entries that hold all tokens; ascending."""
    return _first(tokens, limit, above, below, is_newest_first=False)


def matching(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """SQL, and its parameter, for the numbers of all entries that hold the tokens, in no order."""
    if connection.vendor == "sqlite":
        return "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s", [_fts(tokens)]
    return f"{_MATCHING} %s::tsquery", [_tsquery(tokens)]


def purge() -> None:
    """Takes what was erased out of the file as well: FTS5 keeps it until it merges its parts.

    Outside a transaction, whoever else writes comes in between two steps. Reference: FTS5, the merge command.
    """
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    pages = -_PAGES_A_STEP
    while True:
        before = connection.connection.total_changes
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO contacts_search(contacts_search, rank) VALUES ('merge', %s)", [pages])
        # The statement itself is one change; it has done nothing more once all is merged.
        if connection.connection.total_changes - before < 2:
            return
        pages = _PAGES_A_STEP


_MATCHING = "SELECT number FROM contacts_searchentry WHERE contacts_document(number, words, facts, standing) @@"


# Nothing of these statements was typed: their words are constants, everything else is a parameter.
def _first(tokens: Sequence[str], limit: int, above: int, below: int, *, is_newest_first: bool) -> list[int]:
    order = "DESC" if is_newest_first else "ASC"
    if connection.vendor == "sqlite":
        return _select(
            "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s AND rowid > %s AND rowid < %s"  # noqa: S608
            f" ORDER BY rowid {order} LIMIT %s",
            [_fts(tokens), above, below, limit],
        )
    found: list[int] = []
    for low, high, stretch in _stretches(above, below, is_newest_first):
        # Materialized, or the planner might walk the order instead of the index.
        found += _select(
            f"WITH found AS MATERIALIZED ({_MATCHING} %s::tsquery)"  # noqa: S608
            f" SELECT number FROM found WHERE number >= %s AND number < %s ORDER BY number {order} LIMIT %s",
            [f"{_tsquery(tokens)} & ({stretch})", low, high, limit - len(found)],
        )
        if len(found) >= limit:
            break
    return found


def _stretches(above: int, below: int, is_newest_first: bool) -> Iterator[tuple[int, int, str]]:
    """From one end to the other: the numbers of each stretch, from and up to, and the query for its tokens."""
    ends = _select("SELECT min(number), max(number) FROM contacts_searchentry", [], width=2)
    if ends[0] is None:
        return
    low, high = max(above + 1, ends[0]), min(below, ends[1] + 1)
    for level in [*STRETCHES, *[STRETCHES[-1]] * 200]:
        if low >= high:
            return
        letter, shift = level
        if is_newest_first:
            last = (high - 1) >> shift
            # The neighbour as well, because the first may be all but over.
            start = max(low, (last - 1) << shift)
            yield start, high, _any_of(letter, last - 1, last)
            high = start
        else:
            first = low >> shift
            end = min(high, (first + 2) << shift)
            yield low, end, _any_of(letter, first, first + 1)
            low = end


def _any_of(letter: str, *places: int) -> str:
    return " | ".join(f"'.{letter}{place}'" for place in places)


def _fts(tokens: Sequence[str]) -> str:
    return " ".join(f'"{token}"' if token.startswith(".") else f'"{token}"*' for token in tokens)


def _tsquery(tokens: Sequence[str]) -> str:
    # Of a word, its beginnings are tokens of their own.
    return " & ".join(f"'{token}'" for token in tokens)


def _select(statement: str, parameters: Sequence[str | int], *, width: int = 1) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [value for row in cursor.fetchall() for value in row[:width]]
