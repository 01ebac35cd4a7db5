"""Submissions as an Excel workbook that leaves while it is written: nothing of it is kept.

Libraries write a workbook to a file and hand it over at the end, minutes late at a million rows. Every cell is text and
formatted as text, so none is a formula, a number or a link, not even once somebody has edited it.
Reference: ECMA-376, part 1, 18.3 (worksheets) and 22.9.2.19 (escapes).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from contacts.history.columns import cells
from contacts.history.export import in_one_line
from contacts.models import Submission

# What one sheet can hold, its headings included, and one cell.
SHEET_MOST, CELL_MOST = 1_048_576, 32_767
# Enough rows for the zip to make something of them.
_AT_ONCE = 50
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# 49 is text; the second cell format is that of the headings.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_SHEET = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>'
)
_SHEET_END = "</sheetData></worksheet>"


class _Outlet:
    """Where the zip is written: what was written is handed on, and can't be gone back to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def xlsx_pieces(submissions: Iterable[Submission], columns: Sequence[str]) -> Iterator[bytes]:
    """The bytes of the file; memory does not grow with the number of submissions."""
    outlet, rows, sheets = _Outlet(), iter(submissions), 0
    with ZipFile(outlet, "w", ZIP_DEFLATED) as book:  # type: ignore[call-overload]
        book.writestr("xl/styles.xml", _STYLES)
        yield outlet.take()
        first = next(rows, None)
        while first is not None or not sheets:
            sheets += 1
            here = islice(rows, SHEET_MOST - 2)
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                sheet.write((_SHEET + _row(columns, style=2)).encode())
                for lines in _lines(chain([first] if first else [], here), columns):
                    sheet.write(lines.encode())
                    yield outlet.take()
                sheet.write(_SHEET_END.encode())
            first = next(rows, None)
        for name, content in _frame(sheets).items():
            book.writestr(name, content)
    yield outlet.take()


def _lines(submissions: Iterator[Submission], columns: Sequence[str]) -> Iterator[str]:
    while several := list(islice(submissions, _AT_ONCE)):
        yield "".join(_row(cells(submission, columns), style=1) for submission in several)


def _row(texts: Sequence[str], *, style: int) -> str:
    return f"<row>{''.join([_cell(text, style) for text in texts])}</row>"


def _cell(text: str, style: int) -> str:
    if not text:
        return "<c/>"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(_plain(text))}</t></is></c>'


def _plain(text: str) -> str:
    text = _NOT_XML.sub("", in_one_line(text))
    if len(text) > CELL_MOST:
        note = _("… (a cell of Excel holds no more; the CSV has it all)")
        text = text[: CELL_MOST - len(note)] + note
    return _LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text


def _frame(sheets: int) -> dict[str, str]:
    """What says that this is a workbook of so many sheets; it comes last, because only then their number is known."""
    numbers = range(1, sheets + 1)
    name = escape(_("Contacts"), {'"': "&quot;"})[:25]
    listed = "".join(
        f'<sheet name="{name}{f" {number}" if number > 1 else ""}" sheetId="{number}" r:id="s{number}"/>'
        for number in numbers
    )
    related = "".join(
        f'<Relationship Id="s{number}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
            f'<Relationship Id="styles" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>'
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="book" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>'
        ),
    }
