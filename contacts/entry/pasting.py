"""The paste box: what was pasted is read into the form's blank controls, and what found no place there is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from contacts.contact import Kind, names_of
from contacts.entry.entry import Entry
from contacts.reading import RECASED, Reading, TooLong, parse, parse_file
from contacts.reading import Value as ReadValue
from contacts.reading.files import may_be_read

# Where a piece can be put that no reader knew what to do with.
PLACES = names_of(Kind.TEXT, Kind.ADDRESSES, Kind.LINK, Kind.TEXTS)
LEAVE_OUT = "-"
# A file is looked at only so far; the reading says how much of it is too much.
FILE_BYTES_MOST = 4 * 1024 * 1024
_SOURCE_MOST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that was pasted and is in no control; `field` is the one that it was read for, which held another."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A form after its paste box, or a file, was read, or after pieces of it were put somewhere.

    `pieces` have no place yet. `too_long` is the most characters that are read, where there were more and none was;
    `is_empty` that there was nothing to read, `is_refused` that the file is none of those that are read.
    """

    form: Entry
    pieces: list[Piece] = field(default_factory=list)
    too_long: int | None = None
    is_empty: bool = False
    is_refused: bool = False


def read_paste(posted: Entry, file: bytes | None = None, *, name: str = "") -> Pasted:
    """Reads the paste box of a posted form, or the `file` of this name, into its blank controls.

    Nothing is validated, and nothing typed changes. Pieces of what was read before stay among those without a place.
    """
    form, waiting = posted.unposted(), [Piece(text) for text, _place in _placed(posted)]
    if file is not None and not may_be_read(name, file):
        return Pasted(form, waiting, is_refused=True)
    try:
        reading = _reading(form.paste if file is None else file)
    except TooLong as refusal:
        return Pasted(form, waiting, too_long=refusal.most)
    merged = form.merge(reading.fields, source=lambda name, value: _where(reading, name, value))
    form.is_paste_read = file is None
    found = [Piece(item.value, item.field) for item in merged.left] + [Piece(text) for text in reading.leftovers]
    return Pasted(form, _once([*waiting, *found]), is_empty=not reading.text.strip())


def place_pieces(posted: Entry) -> Pasted:
    """Puts each piece that was given a place there, and drops those that are to be left out."""
    form, waiting = posted.unposted(), []
    for text, place in _placed(posted):
        if place in PLACES:
            waiting += [
                Piece(item.value, item.field) for item in form.put(place, text, source=_("Put here by you")).left
            ]
        elif place != LEAVE_OUT:
            waiting.append(Piece(text))
    form.is_paste_read = True
    return Pasted(form, waiting)


def _placed(posted: Entry) -> Iterable[tuple[str, str]]:
    """The pieces that the page listed, each with the place that was chosen for it, if any."""
    if posted.data is None:
        return []
    texts, places = posted.data.getlist("leftover"), posted.data.getlist("leftover_to")
    return zip(texts, [*places, *[""] * len(texts)], strict=False)


def _reading(given: str | bytes) -> Reading:
    region = settings.DEFAULT_PHONE_REGION
    return parse(given, region=region) if isinstance(given, str) else parse_file(given, region=region)


def _once(pieces: list[Piece]) -> list[Piece]:
    return list({piece.text: piece for piece in reversed(pieces)}.values())[::-1]


def _where(reading: Reading, name: str, value: Any) -> str:
    """The words for where a value was found, with its reader for the page's scripts, which count what is corrected."""
    wanted = value if isinstance(value, list) else [value]
    found = [each for each in reading.values if each.field == name and each.value in wanted]
    readers = {each.reader for each in found}
    words = _source_words(found)
    return format_html('<span data-reader="{}">{}</span>', readers.pop(), words) if len(readers) == 1 else words


def _source_words(found: Sequence[ReadValue]) -> str:
    """With a way back where the capitals of a name were changed."""
    if len(found) == 1 and found[0].note == RECASED:
        return _recased(found[0])
    sources = [" ".join(each.source.split()) for each in found]
    if all(source == str(each.value) for source, each in zip(sources, found, strict=True)):
        return _("Pasted")
    return _("From “%(source)s”") % {"source": Truncator(" … ".join(dict.fromkeys(sources))).chars(_SOURCE_MOST)}


def _recased(name: ReadValue) -> str:
    source = " ".join(name.source.split())
    return format_html(
        '<span>{}</span> <button type="button" class="plain" data-as-pasted="{}">{}</button>',
        _("From “%(source)s”") % {"source": Truncator(source).chars(_SOURCE_MOST)},
        source,
        _("Restore"),
    )
