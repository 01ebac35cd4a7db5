"""Several addresses pasted into one row become rows."""

import pytest

from contacts.entry import pasted_rows
from contacts.text.phone import clean_phone
from tests.entry.posting import entry, payload, said
from tests.entry_form import received


@pytest.mark.parametrize("separator", [", ", ";", "\n", "\r\n", "\t", "，", "、", " ;\n"])
def test_several_addresses_in_one_row_become_rows(separator):
    sent = payload(emails__0__email=separator.join(["a@example.com", "Karim <b@example.com>", "c@example.com"]))

    assert sent["emails"] == [{"email": "a@example.com"}, {"email": "b@example.com"}, {"email": "c@example.com"}]


def test_addresses_that_only_a_blank_parts_become_rows_too():
    """Browsers make a blank of a line break that is pasted into a row."""
    assert payload(emails__0__email="a@example.com b@example.com")["emails"] == [
        {"email": "a@example.com"},
        {"email": "b@example.com"},
    ]
    assert payload(emails__0__email="a@example.com, b@example.com c@example.com")["emails"] == [
        {"email": "a@example.com"},
        {"email": "b@example.com"},
        {"email": "c@example.com"},
    ]
    assert said(entry(emails__0__email="a@example.com b@example.com Karim"))


def test_each_has_the_type_of_the_row_it_was_pasted_into():
    sent = payload(
        emails__0__email="a@example.com",
        emails__1__email="b@example.com, c@example.com",
        emails__1__type="work",
        emails__2__type="personal",
    )

    assert sent["emails"] == [
        {"email": "a@example.com"},
        {"email": "b@example.com", "type": "work"},
        {"email": "c@example.com", "type": "work"},
    ]


def test_rows_that_are_filled_already_keep_their_place():
    form = entry(emails__2__email="a@example.com, b@example.com, c@example.com", emails__3__email="d@example.com")

    assert [row["email"].value() for row in form.emails] == [
        "c@example.com",
        None,
        "a@example.com",
        "d@example.com",
        "b@example.com",
    ]


def test_numbers_become_rows_where_each_is_one():
    assert payload(phones__0__phone="06 12 34 56 78; 01 42 68 53 00")["phones"] == [
        {"phone": "+33612345678"},
        {"phone": "+33142685300"},
    ]
    assert payload(phones__0__phone="06 12 34 56 78, 12")["phone"] == "+33612345678 ext. 12"
    assert payload(phones__0__phone="06 12 34 56 78; ask Karim")["phone"] == "06 12 34 56 78; ask Karim"


def test_a_name_with_a_comma_is_no_second_address():
    assert payload(emails__0__email='"Martin, Sophie" <sophie@example.com>')["email"] == "sophie@example.com"


def test_more_than_the_blank_rows_take_stay_where_they_are_and_say_so():
    pasted = ", ".join(f"{letter}@example.com" for letter in "abcde")

    form = entry(emails__0__email=pasted, emails__1__email="f@example.com")

    assert said(form) == [("emails.0.email", "Enter one e-mail address, like name@example.com.")]
    assert form.emails[0]["email"].value() == pasted


def test_a_wrong_one_says_so_in_a_row_of_its_own():
    assert said(entry(emails__0__email="a@example.com, b@example")) == [
        ("emails.1.email", "Enter one e-mail address, like name@example.com.")
    ]


@pytest.mark.parametrize("separator", ["; ", " "])
def test_none_of_more_than_the_rows_take_is_looked_at(separator, monkeypatch):
    looked_at = []

    def look_at(piece, *, region):
        looked_at.append(piece)
        return clean_phone(piece, region=region)

    monkeypatch.setattr(pasted_rows, "clean_phone", look_at)

    pasted_rows.spread(received({"phones-0-phone": separator.join(["+33612345678"] * 2000)}))

    assert looked_at == []


def test_a_number_whose_parts_would_be_numbers_too_stays_one(settings):
    settings.DEFAULT_PHONE_REGION = "LU"

    assert payload(phones__0__phone="2763 4512")["phone"] == "+35227634512"
