"""Several addresses that were pasted into one row of a posted form become rows."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import QueryDict

from contacts.contact import FIELDS, Field
from contacts.text.phone import clean_phone

_SEPARATORS = re.compile(r"[,;\t\r\n，；、]+")
# What browsers make of the line breaks that are pasted into a row. Numbers have blanks of their own: what is one as it
# stands stays one, though its parts would be some too.
_BLANKS = re.compile(r"\s+")


def spread(data: QueryDict) -> None:
    """Moves what follows the first address of a row into blank rows, with the type of the row it stood in.

    A row stays whole where a piece of it is no address ("Martin, Sophie <…>"), or where there are not enough blank
    rows: nothing is lost, and the row says what is wrong with it.
    """
    _spread(data, FIELDS["emails"], is_address=_is_email)
    _spread(data, FIELDS["phones"], is_address=_is_phone)


def _spread(data: QueryDict, addresses: Field, *, is_address: Callable[[str], bool]) -> None:
    prefix, name, most = addresses.name, addresses.single, addresses.items_most
    for place in range(most):
        pieces = _addresses(data.get(f"{prefix}-{place}-{name}", ""), most, is_address)
        if not pieces:
            continue
        first, *others = pieces
        blank = [row for row in (*range(place + 1, most), *range(place)) if not data.get(f"{prefix}-{row}-{name}")]
        if len(others) > len(blank):
            continue
        data[f"{prefix}-{place}-{name}"] = first
        for row, address in zip(blank, others, strict=False):
            data[f"{prefix}-{row}-{name}"] = address
            data[f"{prefix}-{row}-type"] = data.get(f"{prefix}-{place}-type", "")


def _addresses(text: str, most: int, is_address: Callable[[str], bool]) -> list[str]:
    """The several addresses that `text` consists of; none where there are too many, or a piece is something else."""
    for separators in (_SEPARATORS, _BLANKS):
        pieces = [piece.strip(" ,;") for piece in separators.split(text) if piece.strip(" ,;")]
        # How many there are first: to look at each of the thousands that fit into a row would take seconds.
        if 1 < len(pieces) <= most and all(map(is_address, pieces)):
            return [] if separators is _BLANKS and is_address(text) else pieces
    return []


def _is_email(piece: str) -> bool:
    return piece.count("@") == 1


def _is_phone(piece: str) -> bool:
    return clean_phone(piece, region=settings.DEFAULT_PHONE_REGION).is_valid
