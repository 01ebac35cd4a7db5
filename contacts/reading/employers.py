"""Which line is the company, where its own words do not tell: by its place, by its owner, by all that speaks for it."""

from collections.abc import Iterator

from contacts.reading.evidence import Evidence
from contacts.reading.kinds import could_be_company, has_legal_form, is_institute, is_speciality, is_title, is_unit
from contacts.reading.name_words import is_given
from contacts.reading.page import Page, Piece
from contacts.reading.segments import Segment
from contacts.reading.words import labels
from contacts.text.folding import fold

# Between a company and its town.
_JOINTS = " ,–—-|/()·•\t"
_SCHOOLS = ("universi", "hochschule", "technische universi", "hogeschool", "chu ", "ecole ")
_PARTS_OF_SCHOOLS = (
    "institut",
    "laborato",
    "lehrstuhl",
    "centre ",
    "center ",
    "zentrum ",
    "centro ",
    "fakultat",
    "facult",
    "chaire",
)
_OWNER_LEAST = 4
_OWNED_WORDS_MOST = 4


def below_title(rest: list[Segment], title: Segment, page: Page) -> Piece | None:
    """What may be the company because it stands where companies stand."""
    for one in _beside(rest, title, page):
        if (
            could_be_company(one.text)
            and not is_title(one.text)
            and not is_speciality(one.text)
            and not is_the_name_again(one, page)
            and (_is_telling(one.text) or _has_town(page, one))
        ):
            return one.piece
    return None


def named_after_owner(rest: list[Segment], page: Page) -> Piece | None:
    """The firm that has the last name of its owner beside another word: "Toitures Duvigneau", "Kessler Immobilien"."""
    names = [fold(str(value.value)) for value in page.all("last_name") if len(str(value.value)) >= _OWNER_LEAST]
    for one in rest:
        words = fold(one.text).split()
        others = [word for word in words if word not in names]
        if (
            max(map(len, others), default=0) >= _OWNER_LEAST
            and 0 < len(others) < len(words) <= _OWNED_WORDS_MOST
            and could_be_company(one.text)
            and not (is_title(one.text) or any(is_given(word) for word in others) or is_the_name_again(one, page))
            and page.lines[one.line].text.strip() == one.text
        ):
            return one.piece
    return None


def best_company(found: list[Piece], known: Evidence) -> Piece | None:
    """The one that most speaks for; a school or a department only where it has a domain or a legal form of its own."""
    best, most = None, 0
    schools = any(fold(piece.text).startswith(_SCHOOLS) for piece in found)
    for piece in found:
        own = known.for_company(piece.text) + has_legal_form(piece.text)
        is_part = is_unit(piece.text) or (schools and fold(piece.text).startswith(_PARTS_OF_SCHOOLS))
        rank = 2 * (not is_part) or int(is_institute(piece.text))
        score = 4 * own + rank
        if score > most:
            best, most = piece, score
    return best


def is_the_name_again(segment: Segment, page: Page) -> bool:
    """Whether a part of a line is no more than the last name, or a button: "claussen | raum", "Email Selina"."""
    label, _blank, named = fold(segment.text).partition(" ")
    if label in labels.FIELD_OF and named in {fold(str(value.value)) for value in page.all("first_name")}:
        return True
    first, last = (
        " ".join(fold(str(value.value)) for value in page.all(field)) for field in ("first_name", "last_name")
    )
    if first and last and fold(segment.text) in {f"{first} {last}", f"{last} {first}"}:
        return True
    return bool(last) and fold(segment.text) == last and page.lines[segment.line].text.strip() != segment.text


def _beside(rest: list[Segment], title: Segment, page: Page) -> Iterator[Segment]:
    """What stands where a company stands: alone on the line below the title."""
    rest = [one for one in rest if not is_unit(one.text)]
    if title.in_row:
        # In a row it stands beside the title.
        place = rest.index(title)
        yield from (one for one in rest[place + 1 : place + 2] if one.line == title.line)
        return
    lines = sorted({one.line for one in rest if one.line > title.line})
    below = lines[0] if lines and lines[0] - title.line <= 2 else -1
    here = [one for one in rest if one.line == below]
    if len(here) == 1 and _is_alone_on(page, here[0]):
        yield here[0]


def _is_alone_on(page: Page, segment: Segment) -> bool:
    """Whether the segment's line says nothing else, but for the town it is in: "Isolva, Clermont-Ferrand"."""
    line = page.lines[segment.line]
    return line.text.strip() == segment.text or (
        _has_town(page, segment) and [part.strip(_JOINTS).text for part in page.open_parts(line)] == [segment.text]
    )


def _has_town(page: Page, segment: Segment) -> bool:
    line = page.lines[segment.line].span
    return any(line.start <= value.spans[0].start < line.end for value in page.all("location"))


def _is_telling(text: str) -> bool:
    """Whether a name has more than one word, or capitals as only a firm has them: else it may be a town."""
    return " " in text or sum(character.isupper() for character in text) > 1 or any(map(str.isdigit, text))
