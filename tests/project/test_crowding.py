"""Searching, exporting and signing in never take the threads that entering needs."""

import pytest
from django.urls import reverse

from leonar_portal.crowding import ALL_MOST, EXPORT, SEARCH, SIGN_IN, Places
from tests.entry_form import typed_form

THREADS = 8


def test_one_account_has_a_few_searches_at_a_time():
    places = Places()
    taken = [places.take(SEARCH, 1) for _ in range(SEARCH.most_of_one + 1)]

    assert taken == [*[True] * SEARCH.most_of_one, False]
    assert places.take(SEARCH, 2)
    places.give_back(SEARCH, 2)
    places.give_back(SEARCH, 1)
    assert places.take(SEARCH, 1)


def test_however_many_come_threads_are_left():
    places = Places()

    taken = [places.take(work, who) for who in range(50) for work in (EXPORT, SEARCH, SIGN_IN)]

    assert sum(taken) == ALL_MOST < THREADS


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def crowd(self, monkeypatch):
        """All the places that searches may have are taken."""
        taken = Places()
        monkeypatch.setattr("leonar_portal.crowding.places", taken)
        for number in range(SEARCH.most):
            taken.take(SEARCH, f"somebody {number}")

    def test_a_search_is_told_to_try_again(self, crowd, admin_signed_in):
        answer = admin_signed_in.get(reverse("history"), {"state": "created"})

        assert answer.status_code == 429
        assert "keeps room for entering contacts" in answer.text
        assert answer["Retry-After"] == "5"

    def test_meanwhile_contacts_are_entered(self, crowd, signed_in, sandbox):
        assert signed_in.get(reverse("entry")).status_code == 200
        assert signed_in.post(reverse("entry"), typed_form()).status_code == 302

    @pytest.mark.parametrize("file", ["export", "export_xlsx", "events_csv"])
    def test_a_file_holds_its_place_until_its_last_line_has_left(self, admin_signed_in, monkeypatch, file):
        places = Places()
        monkeypatch.setattr("leonar_portal.crowding.places", places)

        answer = admin_signed_in.get(reverse(file))

        assert places._taken["export"] == 1
        answer.getvalue()
        assert places._taken["export"] == 0

    def test_a_search_that_fails_gives_its_place_back(self, admin_signed_in, monkeypatch):
        monkeypatch.setattr("contacts.views.history.show", lambda *_: 1 / 0)
        admin_signed_in.raise_request_exception = False
        for _ in range(9):
            answer = admin_signed_in.get(reverse("history"), {"state": "created"})

        assert answer.status_code == 500
