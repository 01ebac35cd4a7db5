"""Who may see what; filters, search and pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contacts.history import search
from contacts.models import Submission
from tests.submissions import queued

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def enter(recruiter):
    """Puts a submission into the history."""

    def enter(name="Sophie Martin", *, by=recruiter, at=NOON, **columns) -> Submission:
        found = queued(by, {"first_name": name}, created_at=at, changed_at=at, due_at=at)
        Submission.objects.filter(pk=found.pk).update(**{"search_text": name.casefold()} | columns)
        return Submission.objects.get(pk=found.pk)

    return enter


def test_recruiters_see_their_own_and_admins_everybodys(enter, recruiter, other_recruiter, admin):
    own, other = enter(), enter(by=other_recruiter)

    assert list(Submission.objects.visible_to(recruiter)) == [own]
    assert set(Submission.objects.visible_to(admin)) == {own, other}


def test_every_word_must_occur_without_regard_to_case_and_accents(enter):
    zoe = enter("Zoé Martin", search_text="zoe martin eclair zoe@eclair.example")
    enter("Zoé Durand", search_text="zoe durand")

    assert list(search.search(Submission.objects.all(), text="  MARTIN zoé")) == [zoe]
    assert list(search.search(Submission.objects.all(), text="zoe@ECLAIR")) == [zoe]


def test_wildcards_of_the_database_are_plain_characters(enter):
    enter("Sophie")

    assert not search.search(Submission.objects.all(), text="%").exists()
    assert not search.search(Submission.objects.all(), text="_").exists()


def test_dates_are_whole_days_in_the_portals_time_zone(enter, settings):
    settings.TIME_ZONE = "Europe/Paris"
    just_after_midnight_in_paris = enter(at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    enter(at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC))

    found = search.search(Submission.objects.all(), since=date(2026, 3, 2), until=date(2026, 3, 2))

    assert list(found) == [just_after_midnight_in_paris]


def test_state_and_person_narrow_it(enter, recruiter, other_recruiter):
    enter()
    wanted = enter(by=other_recruiter, state=Submission.State.REJECTED, due_at=None)

    found = search.search(Submission.objects.all(), state=Submission.State.REJECTED, who=other_recruiter.pk)

    assert list(found) == [wanted]


def test_pages_follow_each_other_without_gap_or_repeat_even_within_one_moment(enter):
    entered = {enter(at=NOON + timedelta(seconds=number // 4)).pk for number in range(23)}

    seen, cursor = [], ""
    while cursor is not None:
        page = search.page(Submission.objects.all(), cursor=cursor, size=5)
        seen += [row.pk for row in page.rows]
        cursor = page.older

    assert len(seen) == 23
    assert set(seen) == entered


def test_the_way_back_shows_the_same_pages(enter):
    for number in range(12):
        enter(at=NOON + timedelta(seconds=number))
    first = search.page(Submission.objects.all(), size=5)
    second = search.page(Submission.objects.all(), cursor=first.older, size=5)
    third = search.page(Submission.objects.all(), cursor=second.older, size=5)

    back = search.page(Submission.objects.all(), cursor=third.newer, size=5)

    assert back.rows == second.rows
    assert first.newer is None
    assert third.older is None


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "bnVsbA", "%%%", "WyIyMDI2IiwgMSwgMV0"])
def test_a_cursor_that_can_t_be_read_shows_the_first_page(enter, cursor):
    entered = enter()

    assert search.page(Submission.objects.all(), cursor=cursor).rows == [entered]


def test_page_1000_costs_no_more_queries_than_page_1(enter, django_assert_num_queries):
    for number in range(12):
        enter(at=NOON + timedelta(seconds=number))
    first = search.page(Submission.objects.all(), size=5)

    with django_assert_num_queries(1):
        search.page(Submission.objects.all(), cursor=first.older, size=5)
