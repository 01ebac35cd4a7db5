"""The Excel workbook: every cell is text, whatever it holds, and it leaves while it is written."""

import io
from collections.abc import Iterator

import openpyxl
import pytest

from contacts.contact import FIELDS
from contacts.history import workbook
from contacts.history.columns import COLUMNS
from contacts.models import Submission
from tests.contacts.test_contact import WHOLE
from tests.history.test_export import ATTACKS
from tests.submissions import queued

pytestmark = pytest.mark.django_db


def sheets(submissions, columns=tuple(COLUMNS)) -> list[list[tuple[object, ...]]]:
    """The values of each sheet, headings first, as another program reads them."""
    whole = b"".join(workbook.xlsx_pieces(submissions, columns))
    book = openpyxl.load_workbook(io.BytesIO(whole))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_it_holds_what_was_entered(recruiter):
    stored = queued(recruiter, WHOLE | {"first_name": "Zoë"})

    [[headings, row]] = sheets([stored])

    assert headings == tuple(COLUMNS)
    found = dict(zip(headings, row, strict=True))
    assert found["first_name"] == "Zoë"
    assert found["phones"] == "+33612345678 (personal)"
    assert found["years_experience"] == "0"
    assert set(FIELDS) <= set(found)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_is_a_formula(recruiter, attack):
    stored = queued(recruiter, {"first_name": "Ana"})
    # PostgreSQL stores no NUL.
    stored.payload |= {"title": attack, "tags": [attack]}

    whole = b"".join(workbook.xlsx_pieces([stored], ["title", "tags"]))

    book = openpyxl.load_workbook(io.BytesIO(whole))
    cells = [cell for row in book.active for cell in row]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert all(cell.number_format == "@" for cell in cells)


@pytest.mark.parametrize("text", ["<b>&amp;\"'", "_x0041_", "a\u2028b\tc\r\n\x00", "\ufffe\uffff", "]]>", " spaces "])
def test_any_text_makes_a_workbook_that_can_be_read(recruiter, text):
    stored = queued(recruiter, {"first_name": "Ana"})
    stored.payload["title"] = text

    [[_headings, [title]]] = sheets([stored], ["title"])

    expected = workbook.in_one_line(text).replace("\ufffe\uffff", "")
    assert (title or "").replace("_x005F_", "_") == expected


def test_a_cell_that_is_too_long_for_excel_says_so(recruiter):
    stored = queued(recruiter, {"first_name": "Ana", "tags": ["x" * 100] * 400})

    [[_headings, [tags]]] = sheets([stored], ["tags"])

    assert len(tags) == workbook.CELL_MOST
    assert "the CSV has it all" in tags


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(recruiter, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET_MOST", 3)
    several = [queued(recruiter, {"first_name": f"Ana {number}"}) for number in range(5)]

    found = sheets(several, ["first_name"])

    assert found == [
        [("first_name",), ("Ana 0",), ("Ana 1",)],
        [("first_name",), ("Ana 2",), ("Ana 3",)],
        [("first_name",), ("Ana 4",)],
    ]


def test_a_workbook_without_rows_has_its_headings():
    assert sheets([], ["first_name"]) == [[("first_name",)]]


def test_it_leaves_while_it_is_written(recruiter):
    made = 0

    def endlessly() -> Iterator[Submission]:
        nonlocal made
        stored = queued(recruiter, WHOLE)
        while True:
            made += 1
            yield stored

    pieces = workbook.xlsx_pieces(endlessly(), list(COLUMNS))

    next(pieces)
    assert made == 0
    for _ in range(20):
        next(pieces)
    assert made <= 20 * 50 + 50
