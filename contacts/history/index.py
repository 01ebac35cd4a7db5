"""The full-text index: which entries hold all of some tokens, newest or oldest first, at a price that does not grow.

FTS5 (SQLite) keeps each token's entries in the order of their numbers, which is that of time, so the first are found
without looking at the others. GIN (PostgreSQL) yields all that match before any can be ordered; so it is asked for one
stretch of time after the other, each a token as well: short ones first, longer ones where little was found, and all at
once where little is left to find.
"""

from collections.abc import Iterator, Sequence

from django.db import connection

# How far a number has to be shifted for the stretch of time it lies in, and the letter of the stretch's token; see the
# migration search_entries. A day and a half, twenty-five days, four hundred days.
STRETCHES = (("x", 49), ("y", 53), ("z", 57))
NUMBER_MOST = 2**63 - 1
# Of a merge: a tenth of a second or two in which nobody else writes.
PAGES_A_STEP = 1000
_STRUCTURE = 10
_COOKIE_BYTES = 4


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
    return _MATCHING, [_tsquery(tokens)]


class Merging:
    """Takes what was erased by now out of SQLite's index, which keeps it until its parts are merged, step by step.

    Outside a transaction, whoever else writes comes in between two steps. PostgreSQL has nothing to merge.
    Reference: FTS5, the merge and usermerge commands; fts5_index.c, the format of the structure record.
    """

    def __init__(self) -> None:
        self._is_begun = False

    def step(self) -> bool:
        """Merges PAGES_A_STEP. True once nothing is left to merge."""
        if connection.vendor != "sqlite":
            return True
        if not self._is_begun:
            # Or parts that are written meanwhile would come first, and be too few to be merged.
            _command("usermerge", 2)
        # A negative number begins with all the parts that there are; a positive one goes on.
        _command("merge", PAGES_A_STEP if self._is_begun else -PAGES_A_STEP)
        self._is_begun = True
        return not _is_merging()


_HOLDS = "contacts_document(number, words, facts, standing) @@ %s::tsquery"
_MATCHING = f"SELECT number FROM contacts_searchentry WHERE {_HOLDS}"  # noqa: S608


# Nothing of these statements was typed: their words are constants, everything else is a parameter.
def _first(tokens: Sequence[str], limit: int, above: int, below: int, *, is_newest_first: bool) -> list[int]:
    if connection.vendor == "sqlite":
        order = "DESC" if is_newest_first else "ASC"
        return _select(
            "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s AND rowid > %s AND rowid < %s"  # noqa: S608
            f" ORDER BY rowid {order} LIMIT %s",
            [_fts(tokens), above, below, limit],
        )
    return _stretch_by_stretch(tokens, limit, above, below, is_newest_first)


def _stretch_by_stretch(tokens: Sequence[str], limit: int, above: int, below: int, is_newest_first: bool) -> list[int]:
    found: list[int] = []
    low, high = _ends(above, below)
    for level in [*STRETCHES, *[STRETCHES[-1]] * 200]:
        if low >= high or len(found) >= limit:
            break
        start, end, times = _stretch(level, low, high, is_newest_first)
        # The time first and apart: of one query with both, the index would look at all that lies in the stretch.
        conditions = [times, _tsquery(tokens)]
        if level == STRETCHES[-1] and (found or not any(token.startswith(".") for token in tokens)):
            # Its tokens are held by more entries than there are left to find. What the shorter ones had some of is
            # spread over time, and so are words; a fact may be of another time altogether: somebody has left.
            start, end, conditions = low, high, conditions[1:]
        found += _in_order(conditions, start, end, limit - len(found), is_newest_first)
        low, high = (low, start) if is_newest_first else (end, high)
    return found


def _in_order(conditions: Sequence[str], start: int, end: int, limit: int, is_newest_first: bool) -> list[int]:
    matching = " AND ".join([_MATCHING, *[_HOLDS] * (len(conditions) - 1)])
    order = "DESC" if is_newest_first else "ASC"
    # Materialized, or the planner might walk the order instead of the index.
    return _select(
        f"WITH found AS MATERIALIZED ({matching})"  # noqa: S608
        f" SELECT number FROM found WHERE number >= %s AND number < %s ORDER BY number {order} LIMIT %s",
        [*conditions, start, end, limit],
    )


def _ends(above: int, below: int) -> tuple[int, int]:
    """From which number and up to which there can be any."""
    least, greatest = _select("SELECT min(number), max(number) FROM contacts_searchentry", [], width=2)
    return (0, 0) if least is None else (max(above + 1, least), min(below, greatest + 1))


def _stretch(level: tuple[str, int], low: int, high: int, is_newest_first: bool) -> tuple[int, int, str]:
    """The numbers of the next stretch, from and up to, and the query for its tokens."""
    letter, shift = level
    # The neighbour as well, because the first may be all but over.
    if is_newest_first:
        last = (high - 1) >> shift
        return max(low, (last - 1) << shift), high, _any_of(letter, last - 1, last)
    first = low >> shift
    return low, min(high, (first + 2) << shift), _any_of(letter, first, first + 1)


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


def _command(name: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO contacts_search(contacts_search, rank) VALUES (%s, %s)", [name, value])


def _is_merging() -> bool:
    """Whether parts of the index are being merged: its structure says of each level how many, and lists its parts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM contacts_search_data WHERE id = %s", [_STRUCTURE])
        numbers = _numbers(cursor.fetchone()[0][_COOKIE_BYTES:])
    levels, _parts, _written = next(numbers), next(numbers), next(numbers)
    for _level in range(levels):
        merging, parts = next(numbers), next(numbers)
        if merging:
            return True
        # Of each its id, its first page and its last.
        for _ in range(3 * parts):
            next(numbers)
    return False


def _numbers(block: bytes) -> Iterator[int]:
    """SQLite's integers of variable length: seven bits a byte, the first the highest."""
    value = 0
    for byte in block:
        value = value << 7 | byte & 127
        if byte < 128:
            yield value
            value = 0
