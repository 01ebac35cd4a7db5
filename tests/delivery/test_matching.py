"""Which contact in Leonar an attempt created: a wrong link is worse than none."""

from datetime import UTC, datetime, timedelta

import pytest

from contacts.delivery.matching import Wanted, fits

BEGAN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

SOPHIE = {
    "first_name": "Sophie",
    "last_name": "Martin",
    "emails": [{"email": "sophie@acme.example", "type": "work"}, {"email": "sophie@home.example"}],
    "phone": "+33612345678",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "current_company": "Acme",
}


def held(**changes):
    """What Leonar would hold of SOPHIE, with `changes`."""
    contact = {
        "id": "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11",
        "first_name": "Sophie",
        "last_name": "Martin",
        "email": "sophie@acme.example",
        "emails": [{"email": "sophie@acme.example", "type": "work"}, {"email": "sophie@home.example", "type": None}],
        "phone": "+33612345678",
        "phones": [{"phone": "+33612345678", "type": None}],
        "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
        "current_company": "Acme",
        "title": None,
        "tags": None,
        "created_at": "2026-03-02T12:00:01.000Z",
    }
    return contact | changes


def wanted(**changes) -> Wanted:
    return Wanted({key: value for key, value in (SOPHIE | changes).items() if value is not None}, BEGAN)


def test_the_contact_that_was_sent_fits():
    assert fits(wanted(), held())


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "SOPHIE", "last_name": "MARTIN"},
        {"emails": [{"email": "Sophie@Acme.example"}, {"email": "sophie@home.example"}]},
        {"tags": ["added by Leonar"], "title": "Engineer"},
        {"created_at": "2026-03-02T11:56:00Z"},
        {"unheard_of": {"key": 1}},
    ],
    ids=["case", "address in another case", "added values", "a slow clock", "unknown keys"],
)
def test_what_leonar_may_change_does_not_hide_it(change):
    assert fits(wanted(), held(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "Sofia"},
        {"first_name": "Martin", "last_name": "Sophie"},
        {"emails": [{"email": "other@acme.example"}], "email": "other@acme.example"},
        {"emails": [{"email": "sophie@acme.example"}]},
        {"created_at": "2026-03-02T11:54:59Z"},
        {"created_at": "2026-03-02T12:00:01"},
        {"created_at": None},
        {"created_at": "2026-99-99T12:00:01Z"},
        {"id": "not-a-uuid"},
        {"id": None},
    ],
    ids=[
        "another name",
        "names swapped",
        "other addresses",
        "an address is missing",
        "created before",
        "a time without a zone",
        "no time",
        "no real time",
        "no real id",
        "no id",
    ],
)
def test_a_near_twin_does_not_fit(change):
    assert not fits(wanted(), held(**change))


def test_accents_alone_do_not_make_another_person_of_the_same_address():
    assert fits(wanted(first_name="Sophïe"), held())


def test_a_phone_in_another_notation_is_the_same_phone():
    phone_only = wanted(emails=None, linkedin_profile=None, phone="06 12 34 56 78")

    assert fits(phone_only, held())


def test_a_linkedin_address_is_compared_without_its_decoration():
    linkedin_only = wanted(emails=None, phone=None)

    assert fits(linkedin_only, held(linkedin_profile="http://linkedin.com/in/Sophie-Martin/"))


def test_without_any_address_name_and_company_decide():
    bare = wanted(emails=None, phone=None, linkedin_profile=None)

    assert fits(bare, held())
    assert not fits(bare, held(current_company="Globex"))


def test_the_search_is_for_the_name_and_the_linkedin_address():
    assert wanted().searches() == ["Sophie Martin", "https://www.linkedin.com/in/sophie-martin"]
    assert Wanted({"first_name": "Cher"}, BEGAN + timedelta(days=1)).searches() == ["Cher"]
