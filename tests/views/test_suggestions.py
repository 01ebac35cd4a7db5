"""Words for the entry form's scripts."""

import pytest
from django.urls import reverse

from contacts.models import UsedValue, current_workspace

pytestmark = pytest.mark.django_db


def ask(browser, **query: str):
    return browser.get(reverse("suggestions"), query)


def test_the_words_come_as_json_that_nobody_keeps(signed_in):
    UsedValue.objects.count_in(current_workspace().pk, [{"skills": ["Rust"]}])

    answer = ask(signed_in, field="skills")

    assert answer.json() == {"words": [{"value": "Rust"}], "more": False}
    assert "no-store" in answer["Cache-Control"]


def test_a_company_of_leonars_has_its_id(signed_in, sandbox):
    answer = ask(signed_in, field="current_company", q="baltic")

    [word] = answer.json()["words"]
    assert word == {"value": "Baltic Freight", "id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02"}


@pytest.mark.parametrize("field", ["", "first_name", "emails", "custom_data"])
def test_nothing_is_suggested_for_what_is_one_persons_own(signed_in, field):
    assert ask(signed_in, field=field).status_code == 404


@pytest.mark.parametrize("q", ["x" * 5000, "\0", "%_", "\ud800".encode("utf-8", "replace").decode(), "🙂"])
def test_odd_words_find_nothing(signed_in, q):
    assert ask(signed_in, field="title", q=q).json()["words"] == []


def test_it_takes_a_sign_in(client):
    assert ask(client, field="skills").status_code == 302
