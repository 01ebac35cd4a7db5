"""An export holds exactly what the history shows, is on record, and is one of a few."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.history import exporting
from contacts.history.export import csv_lines
from contacts.history.search import Asked
from contacts.history.workbook import xlsx_pieces
from contacts.models import Event, Export, Submission
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db


def begin(owner, columns=("first_name",)) -> Export:
    return exporting.begin(owner, format="csv", columns=columns, narrowed_by=["state"])


def exported(viewer, asked: Asked) -> list[Submission]:
    return list(exporting.rows(begin(viewer), viewer, asked))


@pytest.fixture
def many(recruiter, other_recruiter, monkeypatch) -> list[Submission]:
    """More than a batch, of two people."""
    monkeypatch.setattr(exporting, "BATCH", 3)
    now = timezone.now()
    return [
        queued((recruiter, other_recruiter)[place % 2], SOPHIE, created_at=now - timedelta(minutes=place))
        for place in range(10)
    ]


def test_every_row_comes_once_newest_first(admin, many):
    assert exported(admin, Asked()) == many


def test_the_order_is_that_of_the_page(admin, many):
    assert exported(admin, Asked(is_oldest_first=True)) == many[::-1]


def test_recruiters_export_their_own(recruiter, many):
    assert exported(recruiter, Asked()) == many[::2]


def test_an_id_exports_one(admin, many):
    assert exported(admin, Asked(text=str(many[4].pk))) == [many[4]]


def test_nothing_comes_twice_where_rows_go_meanwhile(admin, many):
    rows = exporting.rows(begin(admin), admin, Asked())
    first = [next(rows) for _ in range(3)]

    for each in many[3:]:
        each.delete()

    assert [*first, *rows] == many[:3]


def test_begin_and_end_are_on_record(admin, many):
    exported(admin, Asked())

    ended, begun = Event.objects.filter(actor=admin)
    assert (begun.kind, ended.kind) == (Event.Kind.EXPORT_BEGUN, Event.Kind.EXPORTED)
    assert (begun.details["format"], begun.details["columns"]) == ("csv", ["first_name"])
    assert begun.details["narrowed_by"] == ["state"]
    assert (ended.details["rows"], ended.details["is_whole"]) == (10, True)


def test_one_that_is_broken_off_says_how_far_it_came(admin, many):
    rows = exporting.rows(begin(admin), admin, Asked())
    next(rows)
    rows.close()

    assert Event.objects.filter(kind=Event.Kind.EXPORTED).get().details["rows"] == 1
    assert not Export.objects.get().is_whole


@pytest.mark.parametrize("pieces", [csv_lines, xlsx_pieces])
def test_so_does_one_whose_reader_left_before_the_first_row(admin, many, pieces):
    file = pieces(exporting.rows(begin(admin), admin, Asked()), ["first_name"])
    next(file)
    del file

    assert Event.objects.filter(kind=Event.Kind.EXPORTED).get().details == {
        "export": str(Export.objects.get().pk),
        "format": "csv",
        "rows": 0,
        "is_whole": False,
    }
    assert Export.objects.get().is_over


def test_a_few_at_once_and_no_more(admin, recruiter):
    for _ in range(exporting.AT_ONCE_MOST):
        begin(admin)

    with pytest.raises(exporting.TooMany):
        begin(admin)
    begin(recruiter)


def test_one_whose_process_was_killed_is_in_nobodys_way(admin):
    for _ in range(exporting.AT_ONCE_MOST):
        begin(admin)
    Export.objects.update(seen_at=timezone.now() - timedelta(minutes=3))

    begin(admin)


def test_the_columns_are_remembered(admin):
    begin(admin, columns=["title", "tags"])

    last = exporting.last(admin)
    assert last is not None
    assert last.columns == ["title", "tags"]
