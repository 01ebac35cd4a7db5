"""The insights page: numbers, a drawing with the table behind it."""

import pytest
from django.urls import reverse

from contacts.history import figures
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


def test_it_costs_a_few_queries_however_many_there_are(signed_in, recruiter, django_assert_max_num_queries):
    for days_ago in range(5):
        entered(recruiter, days_ago=days_ago)
    figures.roll_up()

    with django_assert_max_num_queries(12):
        signed_in.get(reverse("insights"))
