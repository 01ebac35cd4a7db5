"""What may be right all the same is asked once, and anew only where it has changed."""

import pytest

from contacts.entry.entry import Entry
from tests.entry.posting import entry


def asked_again(form: Entry, **fields: str) -> list[str]:
    """What a form says that is posted from the page which showed `form`, with these fields."""
    return [question.message for question in entry(asked=form.asked, **fields).questions]


def test_a_number_that_cannot_be_right_is_asked_about_at_its_control():
    form = entry(phones__0__phone="06 12 34 56 78", phones__3__phone="06 12 34")

    assert form.is_valid()
    assert form.problems == []
    assert [(item.control_id, item.label, item.message) for item in form.questions] == [
        ("id_phones-3-phone", "Phone 4", "“06 12 34” does not look like a complete phone number.")
    ]


def test_posted_again_as_it_stands_it_is_not_asked_about_again():
    form = entry(phones__0__phone="06 12 34")

    assert asked_again(form, phones__0__phone="06 12 34") == []
    assert asked_again(form, phones__2__phone=" 06 12  34,") == []


def test_another_number_is_asked_about_anew():
    form = entry(phones__0__phone="06 12 34")

    assert asked_again(form, phones__0__phone="06 12 35") == ["“06 12 35” does not look like a complete phone number."]


def test_a_second_number_is_asked_about_beside_one_that_was_insisted_on():
    first = entry(phones__0__phone="06 12 34")
    second = entry(asked=first.asked, phones__0__phone="06 12 34", phones__1__phone="12")

    assert [item.label for item in second.questions] == ["Phone 2"]
    assert asked_again(second, phones__0__phone="06 12 34", phones__1__phone="12") == []


@pytest.mark.parametrize("junk", ["x", " ", "é", "x " * 1000])
def test_a_page_that_asked_something_else_has_not_asked_it(junk):
    assert len(entry(asked=junk, phones__0__phone="06 12 34").questions) == 1


def test_what_was_asked_is_no_part_of_what_was_typed():
    assert "asked" not in entry(asked="x", phones__0__phone="06 12 34").typed()


def test_a_right_number_and_a_form_that_was_not_posted_ask_nothing():
    assert entry(phones__0__phone="06 12 34 56 78").questions == []
    assert entry(phones__0__phone="06 12 34 56 78").asked == ""
    assert Entry.from_payload({"phone": "06 12 34"}).questions == []
