"""The history's page, its export, and settling several at once."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.delivery import worker
from contacts.history import counts
from contacts.models import Event, SavedView, Submission
from tests.delivery.unknown_outcomes import check_now, create_elsewhere, redate, submit_unseen
from tests.sign_in import sign_in
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def enter(recruiter):
    """A submission in the history."""

    def enter(first_name="Sophie", *, by=recruiter, **columns) -> Submission:
        stored = queued(by, {"first_name": first_name})
        Submission.objects.filter(pk=stored.pk).update(**columns)
        return Submission.objects.get(pk=stored.pk)

    return enter


def rows(page) -> set[str]:
    return {str(row.pk) for row in page.context["page"].rows}


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


class TestActingOnMany:
    def act(self, client, submissions, **fields):
        ids = [f"{submission.pk}:{submission.revision}" for submission in submissions]
        return client.post(reverse("act_on_many"), {"ids": ids} | fields, follow=True)

    def test_admins_settle_several_at_once(self, admin_signed_in, enter):
        several = [enter(state=State.REJECTED, due_at=None) for _ in range(3)]

        self.act(admin_signed_in, several, act="discard", note="a test import")

        assert set(Submission.objects.values_list("state", flat=True)) == {State.DISCARDED}

    def test_those_that_changed_meanwhile_are_left_and_said(self, admin_signed_in, enter):
        several = [enter(state=State.REJECTED, due_at=None) for _ in range(2)]
        Submission.objects.filter(pk=several[0].pk).update(revision=7)

        answer = self.act(admin_signed_in, several, act="discard", note="a test import")

        several[0].refresh_from_db()
        assert several[0].state == State.REJECTED
        assert "1 was left as it is" in answer.text

    def test_recruiters_can_not(self, signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)

        answer = self.act(signed_in, [rejected], act="discard", note="mine")

        assert answer.status_code == 403

    @pytest.mark.parametrize("ids", [[], ["junk"], ["junk:0"], [f"{uuid4()}:x"]])
    def test_with_nothing_ticked_that_is_what_it_asks_for(self, admin_signed_in, ids):
        answer = admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "x"})

        assert answer.status_code == 422
        assert "Tick at least one submission" in answer.text

    def test_one_that_is_not_there_is_left(self, admin_signed_in):
        ids = [f"{uuid4()}:0"]

        answer = admin_signed_in.post(reverse("act_on_many"), {"ids": ids, "act": "discard", "note": "x"})

        assert answer.status_code == 409

    def test_filters_and_place_are_kept(self, admin_signed_in, enter):
        rejected = enter(state=State.REJECTED, due_at=None)
        address = f"{reverse('act_on_many')}?q=sophie&state=rejected&cursor=W10"

        answer = admin_signed_in.post(
            address, {"ids": [f"{rejected.pk}:{rejected.revision}"], "act": "discard", "note": "x"}
        )

        assert answer.status_code == 302
        assert answer.url == f"{reverse('history')}?q=sophie&state=rejected&cursor=W10"

    def test_a_missing_reason_is_what_it_asks_for_with_ticks_and_filters_kept(self, admin_signed_in, enter):
        ticked, other = (enter(name, state=State.REJECTED, due_at=None) for name in ("Sophie", "Karim"))
        body = {"ids": [f"{ticked.pk}:{ticked.revision}"], "act": "discard", "note": "  "}

        answer = admin_signed_in.post(f"{reverse('act_on_many')}?state=rejected", body)

        assert answer.status_code == 422
        assert "Say why they are discarded" in answer.text
        assert "Choose what to do" not in answer.text
        assert f'value="{ticked.pk}:{ticked.revision}" checked' in answer.text
        assert f'value="{other.pk}:{other.revision}">' in answer.text
        assert answer.context["filters"]["state"].value() == "rejected"

    def test_no_reason_is_needed_where_none_is_kept(self, admin_signed_in, enter):
        waiting = enter(state=State.UNCONFIRMED, due_at=None)

        answer = self.act(admin_signed_in, [waiting], act="check_again")

        assert "Done for 1" in answer.text

    def test_those_that_were_left_stay_ticked_as_they_are_now(self, admin_signed_in, enter):
        changed = enter(state=State.REJECTED, due_at=None)
        body = {"ids": [f"{changed.pk}:{changed.revision}"], "act": "discard", "note": "x"}
        Submission.objects.filter(pk=changed.pk).update(revision=7)

        answer = admin_signed_in.post(reverse("act_on_many"), body)

        assert answer.status_code == 409
        assert f'value="{changed.pk}:7" checked' in answer.text

    def test_sending_again_in_bulk_checks_each_first(self, admin_signed_in, recruiter, sandbox):
        there, absent = (
            submit_unseen(sandbox, recruiter, {"first_name": name, "email": f"{name}@acme.example"}, created=False)
            for name in ("sophie", "karim")
        )
        check_now(times=5)
        create_elsewhere(sandbox, there.payload)
        redate(sandbox, timedelta(days=1))
        waiting = list(Submission.objects.all())

        answer = self.act(admin_signed_in, waiting, act="send_again")
        worker.run(stop=threading.Event(), once=True)

        there.refresh_from_db()
        absent.refresh_from_db()
        assert "Done for 2" in answer.text
        assert there.may_be_decided
        assert absent.state == State.CREATED
        assert [line["body"]["first_name"] for line in sandbox.ledger()] == ["sophie", "karim", "sophie", "karim"]


class TestSearching:
    """What somebody searches for may be a name: it stays out of addresses."""

    def search(self, client, **fields):
        return client.post(reverse("history"), fields, follow=True)

    def test_words_travel_in_the_body_and_lead_to_an_address_without_them(self, signed_in, enter):
        sophie = enter()
        enter("Karim")

        page = self.search(signed_in, q="Sophie", state="waiting")

        address = page.redirect_chain[-1][0]
        assert "ophie" not in address
        assert "state=waiting" in address
        assert rows(page) == {str(sophie.pk)}
        assert page.context["filters"]["q"].value() == "Sophie"

    def test_no_link_of_the_page_has_the_words(self, admin_signed_in, enter):
        for _ in range(60):
            enter()

        page = admin_signed_in.get(reverse("history"), {"q": "Sophie"})

        addresses = re.findall(r'(?:href|action)="([^"]*)"', page.text)
        assert any("cursor=" in address for address in addresses)
        assert '<input type="hidden" name="words"' in page.text
        assert not any("ophie" in address for address in addresses)

    def test_paging_and_the_export_go_on_with_them(self, admin_signed_in, enter):
        for _ in range(60):
            enter()
        enter("Karim")
        first = self.search(admin_signed_in, q="sophie")
        query, cursor = first.context["query"], first.context["page"].after

        second = admin_signed_in.get(f"{reverse('history')}?{query}&cursor={cursor}")
        export = admin_signed_in.get(f"{reverse('export')}?{query}")

        assert len(rows(second)) == 10
        assert len(b"".join(export).decode().strip().splitlines()) == 61

    def test_the_filters_and_not_the_words_are_remembered_after_signing_in_anew(self, signed_in, recruiter, enter):
        enter()
        signed_in.post(reverse("history"), {"q": "sophie", "state": "waiting"}, follow=True)
        signed_in.logout()

        page = sign_in(signed_in, recruiter).get(reverse("entry"))

        assert f'href="{reverse("history")}?state=waiting"' in page.text
        assert not SavedView.objects.exclude(words="").exists()

    def test_what_is_remembered_is_no_saved_view_and_nobody_elses(self, signed_in, admin_signed_in, enter):
        enter()
        signed_in.get(reverse("history"), {"state": "waiting"})

        assert "view-list" not in signed_in.get(reverse("history")).text
        assert "?state=waiting" not in admin_signed_in.get(reverse("entry")).text

    def test_the_words_of_another_session_find_nothing_of_it(self, signed_in, admin_signed_in, enter):
        enter("Karim")
        words = self.search(signed_in, q="nobody").context["query"]

        page = admin_signed_in.get(f"{reverse('history')}?{words}")

        assert page.context["sentence"] == ""

    def test_the_menu_leads_back_to_what_was_looked_at_last(self, signed_in, enter):
        enter()
        self.search(signed_in, state="waiting")

        assert f'href="{reverse("history")}?state=waiting"' in signed_in.get(reverse("entry")).text

        signed_in.get(reverse("history"))
        assert "state=waiting" not in signed_in.get(reverse("entry")).text


class TestSavedViews:
    def save(self, client, name="Mine", query="state=rejected"):
        return client.post(f"{reverse('save_view')}?{query}", {"name": name})

    def test_a_view_keeps_filters_and_words_under_a_name(self, signed_in, enter):
        sophie = enter()
        enter("Karim")
        self.save(signed_in, query="state=waiting&q=sophie")
        signed_in.get(reverse("history"))

        ((view, address),) = signed_in.get(reverse("history")).context["views"]
        page = signed_in.get(address)

        assert view.name == "Mine"
        assert "sophie" not in address
        assert rows(page) == {str(sophie.pk)}

    def test_the_same_name_again_replaces_it(self, signed_in):
        self.save(signed_in)
        self.save(signed_in, query="state=discarded")

        assert list(SavedView.objects.values_list("name", "query")) == [("Mine", "state=discarded")]

    def test_nobody_else_sees_opens_or_removes_it(self, signed_in, admin_signed_in):
        self.save(signed_in, query="q=secret")
        view = SavedView.objects.get()

        page = admin_signed_in.get(reverse("history"), {"words": f"v{view.pk}"})
        admin_signed_in.post(reverse("remove_view", args=[view.pk]))

        assert page.context["views"] == []
        assert page.context["sentence"] == ""
        assert SavedView.objects.exists()

    def test_it_is_removed(self, signed_in):
        self.save(signed_in)

        signed_in.post(reverse("remove_view", args=[SavedView.objects.get().pk]))

        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "\0"])
    def test_one_without_a_name_is_not_kept(self, signed_in, name):
        self.save(signed_in, name=name)

        assert not SavedView.objects.exists()


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


@pytest.mark.parametrize(("viewer", "most"), [("signed_in", 13), ("admin_signed_in", 16)])
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
