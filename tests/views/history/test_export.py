"""The history as a file."""

import pytest
from django.urls import reverse

from contacts.models import Event, Submission

pytestmark = pytest.mark.django_db

State = Submission.State


class TestExporting:
    def test_the_file_has_the_columns_that_were_chosen(self, signed_in, enter):
        enter()

        answer = signed_in.get(reverse("export"), {"column": ["state", "first_name"]})

        assert answer.getvalue().decode("utf-8-sig").splitlines() == ['"state","first_name"', '"queued","Sophie"']

    def test_excel_is_handed_over_as_a_file(self, signed_in, enter):
        enter()

        answer = signed_in.get(reverse("export_xlsx"))

        assert answer["Content-Disposition"] == 'attachment; filename="submissions.xlsx"'
        assert answer.getvalue()[:4] == b"PK\x03\x04"

    def test_the_page_ticks_the_columns_of_the_last_export(self, signed_in, enter):
        enter()
        signed_in.get(reverse("export"), {"column": ["title"]}).getvalue()

        page = signed_in.get(reverse("history"))

        assert page.context["columns_chosen"] == ["title"]

    def test_scripts_learn_how_far_it_is(self, signed_in, admin_signed_in, enter):
        enter()
        signed_in.get(reverse("export")).getvalue()

        progress = signed_in.get(reverse("export_progress")).json()

        assert (progress["rows"], progress["is_over"], progress["is_whole"]) == (1, True, True)
        assert admin_signed_in.get(reverse("export_progress")).json()["id"] is None

    def test_one_too_many_is_refused_with_the_history(self, signed_in, enter):
        enter()
        begun = [signed_in.get(reverse("export")) for _ in range(2)]

        refused = signed_in.get(reverse("export"))

        assert refused.status_code == 429
        assert "still running" in refused.text
        assert [answer.close() for answer in begun] == [None, None]

    def test_what_was_searched_for_is_not_on_record(self, signed_in, enter):
        enter()

        signed_in.get(reverse("export"), {"q": "sophie", "state": "queued"}).getvalue()

        begun = Event.objects.get(kind=Event.Kind.EXPORT_BEGUN)
        assert begun.details["narrowed_by"] == ["q", "state"]
        assert "sophie" not in str(begun.details)


@pytest.mark.parametrize(
    "query",
    [{"since": "yesterday"}, {"until": "0001-01-01"}, {"state": "gone"}, {"who": "999999"}, {"who": "x"}],
    ids=str,
)
def test_filters_that_can_t_be_read_export_nothing(admin_signed_in, enter, query):
    enter()

    answer = admin_signed_in.get(reverse("export"), query | {"q": "sophie"})

    assert answer.status_code == 400
    assert "Sophie" not in answer.text


def test_the_export_holds_what_the_filters_show(signed_in, enter, other_recruiter):
    enter()
    enter("Ana")
    enter("Karim", by=other_recruiter)

    answer = signed_in.get(reverse("export"), {"q": "sophie"})

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Sophie" in lines[1]
