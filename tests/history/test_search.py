"""Who may see what; filters, search and pages."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from contacts.history import search
from contacts.models import Submission
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def enter(recruiter):
    """Puts a submission into the history."""

    def enter(name="Sophie Martin", *, by=recruiter, at=NOON, payload=None, **columns) -> Submission:
        found = queued(by, {"first_name": name} | (payload or {}), created_at=at, changed_at=at, due_at=at)
        Submission.objects.filter(pk=found.pk).update(**columns)
        return Submission.objects.get(pk=found.pk)

    return enter


@pytest.fixture
def find(admin):
    """Those that an admin finds, on the page and by the query alike."""

    def find(viewer=admin, **asked) -> list[Submission]:
        asked = search.Asked(**asked)
        rows = search.page(viewer, asked).rows
        assert set(search.narrow(viewer, asked)) == set(rows)
        return rows

    return find


def test_recruiters_see_their_own_and_admins_everybodys(enter, recruiter, other_recruiter, admin):
    own, other = enter(), enter(by=other_recruiter)

    assert list(Submission.objects.visible_to(recruiter)) == [own]
    assert set(Submission.objects.visible_to(admin)) == {own, other}


def test_every_word_must_begin_one_without_regard_to_case_and_accents(enter, find):
    zoe = enter("Zoé Martin", payload={"email": "zoe@eclair.example"})
    enter("Zoé Durand")

    assert find(text="  MARTIN zoé") == [zoe]
    assert find(text="mart zo") == [zoe]
    assert find(text="zoe@ECLAIR") == [zoe]
    assert find(text="artin") == []


EVERYTHING = {
    "last_name": "O’Neill",
    "emails": [{"email": "sophie@acme.example"}, {"email": "S.Martin@münchen.example"}],
    "phones": [{"phone": "+33612345678"}, {"phone": "+49 30 901820"}],
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin-7",
    "current_company": "Éclair & Fils",
    "tags": ["Montréal", "senior"],
}


@pytest.mark.parametrize(
    "text",
    [
        "sophie",
        "oneill",
        "o'neill",
        "Neill",
        "sophie@acme.example",
        "s.martin@münchen.example",
        "06 12 34 56 78",
        "0033612345678",
        "+33 (0)6.12.34.56.78",
        "06 12 34",
        "+33 6 12",
        "030 901820",
        "+4930901820",
        "https://www.linkedin.com/in/sophie-martin-7/?utm=x",
        "fr.linkedin.com/in/sophie-martin-7",
        "eclair",
        "montreal",
        "sophie 0612345678 senior",
        "éc",
    ],
)
def test_a_person_is_found_by_whatever_is_known_of_them(enter, find, text):
    sophie = enter("Sophie", payload=EVERYTHING)
    enter("Karim", payload={"phone": "+33798765432", "email": "karim@globex.example"})

    assert find(text=text) == [sophie]


def test_by_the_id_in_leonar_and_by_the_portals_own(enter, find):
    contact_id = uuid4()
    sophie = enter(contact_id=contact_id)
    enter()

    assert find(text=str(contact_id)) == [sophie]
    assert find(text=f" {str(sophie.pk).upper()} ") == [sophie]
    assert find(text=str(contact_id), state="rejected") == []


@pytest.mark.parametrize("text", ["%", "_", '"', "' OR 1", "-", "*", "a' & 'b", "sophie:*", ".w", ".sq", "\\"])
def test_what_means_something_to_a_database_means_nothing_here(enter, find, text):
    enter("Karim")

    assert find(text=text) == []


def test_words_are_of_this_workspace_alone(enter, find, settings):
    enter()
    settings.LEONAR_WORKSPACE = "another"

    assert find(text="sophie") == []
    assert find() == []


def test_words_are_not_looked_for_among_all_entries_where_no_other_workspace_is(enter, admin):
    enter()

    with CaptureQueriesContext(connection) as queries:
        search.page(admin, search.Asked(text="sophie martin"))

    assert not [query for query in queries if ".w:" in query["sql"]]


def test_recruiters_find_their_own(enter, find, recruiter, other_recruiter):
    own = enter()
    enter(by=other_recruiter)

    assert find(recruiter, text="sophie") == [own]
    assert find(recruiter) == [own]
    assert find(recruiter, who=other_recruiter.pk) == []


def test_dates_are_whole_days_in_the_portals_time_zone(enter, find, settings):
    settings.TIME_ZONE = "Europe/Paris"
    just_after_midnight_in_paris = enter(at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    enter(at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC))

    assert find(since=date(2026, 3, 2), until=date(2026, 3, 2)) == [just_after_midnight_in_paris]


@pytest.mark.parametrize("year", [2042, 8999])
@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_days_of_which_nobody_will_see_one_are_days(enter, find, admin, year, is_oldest_first):
    entry = enter()
    order = {"is_oldest_first": is_oldest_first}

    assert find(until=date(year, 1, 1), **order) == [entry]
    assert find(since=date(year, 1, 1), until=date(year, 1, 2), **order) == []
    assert find(text=str(entry.pk), until=date(year, 1, 1), **order) == [entry]
    assert list(search.batches(admin, search.Asked(until=date(year, 1, 1), **order), size=2)) == [[entry]]


def test_state_and_person_narrow_it(enter, find, other_recruiter):
    enter()
    wanted = enter(by=other_recruiter, state=State.REJECTED, due_at=None)

    assert find(state=State.REJECTED, who=other_recruiter.pk) == [wanted]


def test_the_groups_are_what_people_call_the_states(enter, find):
    waiting, sending = enter(), enter(state=State.SENDING)
    checking, undecided = enter(state=State.UNCONFIRMED), enter(state=State.UNCONFIRMED, due_at=None)
    refused = enter(state=State.REJECTED, due_at=None)

    assert set(find(state=search.WAITING)) == {waiting, sending}
    assert find(state=search.CHECKING) == [checking]
    assert set(find(state=search.NEEDS)) == {undecided, refused}
    assert set(find(state=State.UNCONFIRMED)) == {checking, undecided}


def test_any_filters_are_combined(enter, find):
    twin = {"email": "sophie@acme.example"}
    enter(payload=twin | {"tags": ["senior"], "source": "LinkedIn"})
    wanted = enter(payload=twin | {"tags": ["Senior", "remote"], "source": "linkedin"})
    enter(payload=twin | {"tags": ["remote"], "source": "linkedin"})
    Submission.objects.update(state=State.CREATED, due_at=None, contact_id=F("id"), settled_by="check")

    assert find(tag="senior", source="LINKEDIN", has_twin=True, by_check=True, text="so", state="created") == [wanted]
    assert find(tag="senior", is_corrected=True) == []


@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_repeat_even_within_one_moment(enter, admin, is_oldest_first):
    entered = {enter(at=NOON + timedelta(seconds=number // 4)).pk for number in range(23)}
    asked = search.Asked(is_oldest_first=is_oldest_first)

    seen, cursor = [], ""
    while cursor is not None:
        page = search.page(admin, asked, cursor=cursor, size=5)
        seen += page.rows
        cursor = page.after

    moments = [row.created_at for row in seen]
    assert len(seen) == 23
    assert {row.pk for row in seen} == entered
    assert moments == sorted(moments, reverse=not is_oldest_first)


@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_the_way_back_shows_the_same_pages(enter, admin, is_oldest_first):
    for number in range(12):
        enter(at=NOON + timedelta(days=30 * number))
    asked = search.Asked(is_oldest_first=is_oldest_first)
    first = search.page(admin, asked, size=5)
    second = search.page(admin, asked, cursor=first.after, size=5)
    third = search.page(admin, asked, cursor=second.after, size=5)

    back = search.page(admin, asked, cursor=third.before, size=5)

    assert back.rows == second.rows
    assert search.page(admin, asked, cursor=back.before, size=5).rows == first.rows
    assert first.before is None
    assert third.after is None


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "n", "n-1", "n99999999999999999999", "%%%", "o9999999999999999999", "WyIyMDI2IiwgMSwgMV0"]
)
def test_a_cursor_that_can_t_be_read_shows_the_first_page(enter, admin, cursor):
    entered = enter()

    assert search.page(admin, search.Asked(), cursor=cursor).rows == [entered]


def test_page_1000_takes_no_more_queries_than_page_1(enter, admin):
    for number in range(12):
        enter(at=NOON + timedelta(seconds=number))
    admin.has_perm("contacts.review_all_submissions")
    with CaptureQueriesContext(connection) as for_the_first:
        first = search.page(admin, search.Asked(), size=5)

    with CaptureQueriesContext(connection) as for_a_later:
        search.page(admin, search.Asked(), cursor=first.after, size=5)

    # The index, and the submissions with who entered them; PostgreSQL looks first where the index ends.
    assert len(for_a_later) <= len(for_the_first) <= 3


@pytest.mark.parametrize("viewer", ["admin", "recruiter"])
def test_rows_are_read_by_their_key_alone_even_where_no_statistics_were_gathered(enter, request, viewer):
    enter()

    with CaptureQueriesContext(connection) as captured:
        search.page(request.getfixturevalue(viewer), search.Asked(), size=50)

    [rows] = [query["sql"] for query in captured if "contacts_submission" in query["sql"]]
    asked = rows.partition(" WHERE ")[2]
    assert asked.startswith("entry.number IN")
    assert " AND " not in asked
    assert " ORDER BY " not in asked
