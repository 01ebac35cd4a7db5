"""Labels on a line of their own, without a colon, and what stands on the lines below them."""

from collections.abc import Iterator

from contacts.reading.field_names import bare_label
from contacts.reading.page import Page, Piece
from contacts.reading.result import LISTS
from contacts.reading.words import labels, letters
from contacts.text.folding import fold

# A form that was copied has so many; "Company" alone may as well be a heading of something else.
_LEAST = 3
_LABEL_MOST = 40
_ITEM_MOST = 40
_ITEMS_MOST = 15


def headed(page: Page) -> Iterator[tuple[Piece, Piece]]:
    """Each label and the value on the line below it; for a list, every line down to the next label or empty line."""
    lines = [line.strip() for line in page.lines]
    fields = [_field(line.text) for line in lines]
    single = [
        number
        for number, field in enumerate(fields[:-1])
        if field and field not in LISTS and _is_value(lines[number + 1].text) and not fields[number + 1]
    ]
    if len({fields[number] for number in single}) >= _LEAST:
        yield from ((lines[number], lines[number + 1]) for number in single)
    for number, field in enumerate(fields):
        if field in LISTS:
            yield from ((lines[number], item) for item in _items(lines[number + 1 :], fields[number + 1 :]))


def _field(text: str) -> str:
    """The field that a line names which says nothing else."""
    return labels.FIELD_OF.get(bare_label(text), ("", ""))[0] if 0 < len(text) <= _LABEL_MOST else ""


def _is_value(text: str) -> bool:
    """Whether a line says anything: no button of the page that the form was copied from."""
    return bool(text) and not (len(text) <= _ITEM_MOST and letters.FURNITURE.fullmatch(fold(text)))


def _items(lines: list[Piece], fields: list[str]) -> list[Piece]:
    """The lines of a list; none where it is no list: one line alone, or lines that are too long or hold numbers."""
    found: list[Piece] = []
    for line, field in zip(lines[: _ITEMS_MOST + 1], fields, strict=False):
        if not line.text or field:
            break
        found.append(line)
    are_items = all(len(one.text) <= _ITEM_MOST and not _has_number(one.text) for one in found)
    return found if 1 < len(found) <= _ITEMS_MOST and are_items else []


def _has_number(text: str) -> bool:
    return "@" in text or any(character.isdigit() for character in text)
