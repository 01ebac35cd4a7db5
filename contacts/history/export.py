"""Submissions as CSV for a spreadsheet, without anything that a spreadsheet would run as a formula.

Reference: OWASP, CSV Injection. Where lists are separated by semicolons (France, Germany, Spain), a spreadsheet splits
this file inside its cells, quotes or not, so whatever may become the start of a cell is made harmless too.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from contacts.history.columns import cells
from contacts.models import Submission

# What makes a cell a formula, in every width: Japanese and Chinese settings take the wide forms for the plain ones.
FORMULA_STARTS = "=+-@＝＋－＠﹦﹢﹣﹫−"
# Tabs and line breaks would part cells where quotes are not understood, and NUL hides what follows it.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = '\\s"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff'
_STARTS = re.compile(f"(\\A|[,;])(?=[{_UNSEEN}]*[{re.escape(FORMULA_STARTS)}])")


class Line:
    """Where csv.writer writes a line: it is handed on instead of kept."""

    def write(self, line: str) -> str:
        return line


def csv_lines(submissions: Iterable[Submission], columns: Sequence[str]) -> Iterator[str]:
    """The lines of the file; memory does not grow with their number."""
    writer = csv.writer(Line(), quoting=csv.QUOTE_ALL)
    # The byte order mark tells a spreadsheet that this is UTF-8.
    yield "\ufeff" + writer.writerow(columns)
    for submission in submissions:
        yield writer.writerow([harmless(cell) for cell in cells(submission, columns)])


def harmless(cell: str) -> str:
    """`cell` with an apostrophe before each start of a formula, at its own beginning and behind separators in it."""
    return _STARTS.sub(r"\1'", in_one_line(cell))


def in_one_line(cell: str) -> str:
    """`cell` without what can't be seen and would part it."""
    return _CONTROL.sub(" ", cell)
