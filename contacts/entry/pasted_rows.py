"""Several addresses that were pasted into one row of a posted form become rows."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import QueryDict

from contacts.contact import FIELDS, Field
from contacts.text.phone import clean_phone

_SEPARATORS = re.compile(r"[,;\r\n，；、]+")


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
        pieces = _pieces(data.get(f"{prefix}-{place}-{name}", ""))
        if not 1 < len(pieces) <= most or not all(map(is_address, pieces)):
            continue
        first, *others = pieces
        blank = [row for row in (*range(place + 1, most), *range(place)) if not data.get(f"{prefix}-{row}-{name}")]
        if len(others) > len(blank):
            continue
        data[f"{prefix}-{place}-{name}"] = first
        for row, address in zip(blank, others, strict=False):
            data[f"{prefix}-{row}-{name}"] = address
            data[f"{prefix}-{row}-type"] = data.get(f"{prefix}-{place}-type", "")


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


def _is_email(piece: str) -> bool:
    return piece.count("@") == 1


def _is_phone(piece: str) -> bool:
    return clean_phone(piece, region=settings.DEFAULT_PHONE_REGION).is_valid
