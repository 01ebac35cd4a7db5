"""The history's page: whose rows, which of them, and what each says and offers."""

import re

import pytest
from django.urls import reverse

from contacts.history import counts
from contacts.models import Submission
from tests.views.history.shown import rows

pytestmark = pytest.mark.django_db

State = Submission.State


def test_an_empty_history_says_how_to_begin(signed_in):
    page = signed_in.get(reverse("history"))

    assert reverse("entry") in page.text
    assert "data-submission" not in page.text


def test_recruiters_see_their_own_rows(signed_in, enter, other_recruiter):
    own, other = enter(), enter("Karim", by=other_recruiter)

    page = signed_in.get(reverse("history"))

    assert f'data-submission="{own.pk}"' in page.text
    assert str(other.pk) not in page.text


def test_recruiters_can_t_ask_for_other_people(signed_in, enter, other_recruiter):
    enter("Karim", by=other_recruiter)

    page = signed_in.get(reverse("history"), {"who": other_recruiter.pk})

    assert rows(page) == set()


def test_admins_filter_by_person_and_state(admin_signed_in, enter, other_recruiter):
    enter()
    wanted = enter("Karim", by=other_recruiter, state=State.REJECTED, due_at=None)

    page = admin_signed_in.get(reverse("history"), {"who": other_recruiter.pk, "state": "rejected"})

    assert rows(page) == {str(wanted.pk)}
    assert other_recruiter.get_username() in page.context["sentence"]


def test_what_needs_a_person_is_one_filter_and_counted_in_the_header(signed_in, enter):
    enter()
    needs = enter("Karim", state=State.UNCONFIRMED, due_at=None)

    page = signed_in.get(reverse("history"), {"state": "needs"})

    assert rows(page) == {str(needs.pk)}
    assert page.context["glance"].needing_person == 1


@pytest.mark.parametrize(
    "query",
    [
        {"state": "junk"},
        {"who": "x"},
        {"since": "yesterday"},
        {"since": "0001-01-01"},
        {"until": "2026-13-45"},
        {"until": "9999-12-31"},
        {"cursor": "junk"},
        {"cursor": "W1tb" * 9000},
        {"q": "\0"},
        {"q": "a " * 1500},
    ],
)
def test_a_filter_that_can_t_be_read_is_left_out(admin_signed_in, enter, query):
    enter()

    assert admin_signed_in.get(reverse("history"), query).status_code == 200


class TestRows:
    def test_a_row_says_why_it_needs_somebody(self, signed_in, enter):
        enter(state=State.REJECTED, due_at=None, error_field="email", error_message="Leonar wants a <full> address")

        page = signed_in.get(reverse("history"))

        assert "E-mail: Leonar wants a &lt;full&gt; address" in page.text

    @pytest.mark.parametrize(
        ("state", "acts"),
        [
            (State.REJECTED, {"Correct", "Use for a new entry"}),
            (State.UNCONFIRMED, {"Check again", "Check, then send again", "Use for a new entry"}),
            (State.DISCARDED, {"Use for a new entry"}),
        ],
    )
    def test_a_row_offers_what_can_be_done_with_it(self, signed_in, enter, state, acts):
        enter(state=state, due_at=None)

        page = signed_in.get(reverse("history")).text

        menu = page.split('<div class="row-menu-items">')[1].split("</div>")[0]
        assert set(re.findall(r">([^<]+)</(?:a|button)>", menu)) == acts

    def test_what_happened_to_each_is_told_once(self, admin_signed_in, enter):
        done, changed = (enter(name, state=State.REJECTED, due_at=None) for name in ("Ana", "Karim"))
        ids = [f"{row.pk}:{row.revision}" for row in (done, changed)]
        Submission.objects.filter(pk=changed.pk).update(revision=7)

        page = admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "x"})

        came_to = {row.name: refusal for row, refusal in page.context["summary"]}
        assert came_to["Ana"] == ""
        assert "changed while you were looking" in came_to["Karim"]

    def test_that_all_were_done_is_told_on_the_page_that_follows_and_not_again(self, admin_signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)
        body = {"ids": [f"{rejected.pk}:{rejected.revision}"], "act": "discard", "note": "x"}

        page = admin_signed_in.post(reverse("act_on_many"), body, follow=True)

        assert [(row.pk, refusal) for row, refusal in page.context["summary"]] == [(rejected.pk, "")]
        assert admin_signed_in.get(reverse("history")).context["summary"] == []


@pytest.mark.parametrize(("viewer", "most"), [("signed_in", 11), ("admin_signed_in", 14)])
def test_a_page_takes_a_few_queries_however_many_rows_it_has(
    enter, request, viewer, most, django_assert_max_num_queries
):
    client, address = request.getfixturevalue(viewer), reverse("history")
    for _ in range(12):
        enter(state=State.DISCARDED, due_at=None)
    client.get(address)

    with django_assert_max_num_queries(most) as captured:
        client.get(address)

    # One read tells how the gate stands, one counts all that waits.
    assert [sum(table in query["sql"] for query in captured) for table in ("contacts_gate", "count(*)")] == [1, 1]


def test_tabs_count_no_further_than_a_glance(signed_in, enter, monkeypatch):
    monkeypatch.setattr(counts, "COUNTED_MOST", 2)
    for _ in range(4):
        enter(state=State.REJECTED, due_at=None)

    page = signed_in.get(reverse("history"))

    assert page.context["tabs"][1]["count"] == 3
    assert '<span class="tab-count">2+</span>' in page.text
