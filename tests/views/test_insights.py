"""The insights page: numbers, a drawing with the table behind it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.history import figures
from contacts.history.log import note_twin_asked
from tests.history.test_figures import entered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days", ["7", "30", "90", "365", "junk", ""])
def test_each_period_is_drawn_with_its_table(signed_in, recruiter, days):
    entered(recruiter)
    figures.roll_up()

    page = signed_in.get(reverse("insights"), {"days": days})

    chart = page.context["chart"]
    assert sum(sum(numbers) for _name, numbers in chart.rows) == 1
    assert '<svg class="chart-drawing" role="img"' in page.text
    assert "<desc" in page.text
    assert "style=" not in page.text
    assert len(chart.rows) <= 31


def test_a_recruiter_reads_of_nobody_else(signed_in, other_recruiter):
    entered(other_recruiter)
    figures.roll_up()

    page = signed_in.get(reverse("insights"))

    assert "karim" not in page.text
    assert "Nothing was entered" in page.text


def test_each_recruiter_is_drawn_beside_the_others_to_one_scale(admin_signed_in, recruiter, other_recruiter):
    for _ in range(4):
        entered(recruiter)
    entered(other_recruiter, days_ago=1)
    figures.roll_up()

    page = admin_signed_in.get(reverse("insights"), {"days": "7"})

    chart = page.context["recruiters_chart"]
    assert [(each.name, each.total) for each in chart.drawings] == [("sophie", "4"), ("karim", "1")]
    heights = [max(part.height for part in each.parts) for each in chart.drawings]
    assert heights == [chart.height, chart.height / 4]
    assert [numbers for _day, numbers in chart.rows][-2:] == [[0, 1], [4, 0]]
    assert page.text.count('<svg class="small-chart" role="img"') == 2


def test_one_recruiter_is_not_drawn_twice(signed_in, recruiter, other_recruiter):
    entered(recruiter)
    entered(other_recruiter)
    figures.roll_up()

    assert signed_in.get(reverse("insights")).context["recruiters_chart"] is None


def test_duplicates_that_were_heeded_are_told(admin_signed_in, recruiter):
    entered(recruiter)
    note_twin_asked(by=recruiter, form=uuid4())
    figures.roll_up()

    page = admin_signed_in.get(reverse("insights"))

    [number] = [each for each in page.context["numbers"] if each.label == "Duplicates announced"]
    assert (number.value, number.note.partition(" heeded")[0]) == ("1", "100\u00a0%")


def test_it_costs_a_few_queries_however_many_there_are(signed_in, recruiter, django_assert_max_num_queries):
    for days_ago in range(5):
        entered(recruiter, days_ago=days_ago)
    figures.roll_up()

    with django_assert_max_num_queries(12):
        signed_in.get(reverse("insights"))
