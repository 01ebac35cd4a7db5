"""Which contact in Leonar an attempt created: a wrong link is worse than none, and so is a wrong "it isn't there"."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.contact import Key
from contacts.delivery.matching import Likeness, Traits, Wanted, Window, contact_id, judge, moment
from tests.growth import assert_linear
from tests.json_values import json_values

BEGAN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ENDED = BEGAN + timedelta(seconds=10)

SOPHIE = {
    "first_name": "Sophie",
    "last_name": "Martin",
    "emails": [{"email": "sophie@acme.example", "type": "work"}, {"email": "sophie@home.example"}],
    "phone": "+33612345678",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "current_company": "Acme",
}
NO_ADDRESS = {"emails": None, "email": None, "phones": None, "phone": None, "linkedin_profile": None}


def held(**changes: Any) -> dict[str, Any]:
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


def wanted(*, skew: float | None = 0, **changes: Any) -> Wanted:
    """What is looked for after SOPHIE was sent, with `changes`, and no answer came."""
    payload = {key: value for key, value in (SOPHIE | changes).items() if value is not None}
    window = Window.of(BEGAN, ENDED, skew=None if skew is None else timedelta(seconds=skew))
    return Wanted((Traits.of(payload),), window)


@pytest.mark.parametrize("value", ["2026-03-02T12:00:01", "2026-03-02", "noon", "", None, 1772452801])
def test_what_names_no_zone_or_is_no_time_is_no_moment(value):
    assert moment(value) is None


def test_the_contact_that_was_sent_is_the_one():
    assert wanted().likeness(held()) is Likeness.THE_ONE


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "SOPHIE", "last_name": "MARTIN"},
        {"first_name": "Sophïe"},
        {"emails": [{"email": "Sophie@Acme.example"}, {"email": "sophie@home.example"}]},
        {"tags": ["added by Leonar"], "title": "Engineer"},
        {"linkedin_profile": "https://[x"},
        {"unheard_of": {"key": 1}},
    ],
    ids=["case", "an accent", "address in another case", "added values", "an odd LinkedIn address", "unknown keys"],
)
def test_what_leonar_may_change_does_not_hide_the_one(change):
    assert wanted().likeness(held(**change)) is Likeness.THE_ONE


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "Sofia"},
        {"first_name": "Martin", "last_name": "Sophie"},
        {"emails": [{"email": "sophie@acme.example"}]},
        {"emails": [{"email": "other@acme.example"}], "email": "other@acme.example"},
        NO_ADDRESS,
        NO_ADDRESS | {"last_name": "Mar-tin"},
        {"created_at": "2026-03-02T11:57:00Z"},
        {"created_at": "2026-03-11T12:00:00Z"},
        {"created_at": "2026-03-02T12:00:01"},
        {"created_at": None},
        {"created_at": "2026-99-99T12:00:01Z"},
        {"created_at": "0001-01-01T00:00:00+14:00"},
        {"id": "not-a-uuid"},
        {"id": None},
    ],
    ids=[
        "another first name",
        "names swapped",
        "an address is missing",
        "another address, the same phone",
        "the name alone",
        "the name with a hyphen more",
        "made three minutes before",
        "made nine days later",
        "a time without a zone",
        "no time",
        "no real time",
        "a time before time",
        "no real id",
        "no id",
    ],
)
def test_what_only_looks_like_it_is_neither_linked_nor_called_not_found(change):
    assert wanted().likeness(held(**change)) is Likeness.ALIKE


@pytest.mark.parametrize(
    "change",
    [
        NO_ADDRESS | {"first_name": "Sofia"},
        NO_ADDRESS | {"created_at": "2026-03-02T11:57:00Z"},
        NO_ADDRESS | {"first_name": "--", "last_name": None},
    ],
    ids=["another name", "a namesake made before", "no letters in the name"],
)
def test_what_has_neither_a_key_nor_the_name_in_time_is_somebody_else(change):
    assert wanted().likeness(held(**change)) is Likeness.OTHER


@pytest.mark.parametrize("first_name", ["Anne Marie", "Annemarie", "ANNE‐MARIE"])
def test_a_hyphen_that_leonar_lost_does_not_hide_it(first_name):
    sent = wanted(first_name="Anne-Marie", **NO_ADDRESS)

    assert sent.likeness(held(first_name=first_name, **NO_ADDRESS)) is Likeness.ALIKE


def test_a_phone_in_another_notation_is_the_same_phone():
    phone_only = wanted(emails=None, linkedin_profile=None, phone="06 12 34 56 78")

    assert phone_only.likeness(held()) is Likeness.THE_ONE


def test_a_linkedin_address_is_compared_without_its_decoration():
    linkedin_only = wanted(emails=None, phone=None)

    assert linkedin_only.likeness(held(linkedin_profile="http://linkedin.com/in/Sophie-Martin/")) is Likeness.THE_ONE


def test_without_any_address_name_and_company_decide():
    bare = wanted(**NO_ADDRESS)

    assert bare.likeness(held()) is Likeness.THE_ONE
    assert bare.likeness(held(current_company="Globex")) is Likeness.ALIKE


class TestTheWindow:
    def test_holds_its_first_and_its_last_moment(self):
        window = Window(BEGAN, ENDED)

        assert BEGAN in window
        assert ENDED in window

    @pytest.mark.parametrize("skew", [-360, 360])
    def test_follows_the_clock_that_leonar_was_seen_to_have(self, skew):
        in_its_time = (BEGAN + timedelta(seconds=skew + 1)).isoformat()

        assert wanted(skew=skew).likeness(held(created_at=in_its_time)) is Likeness.THE_ONE
        assert wanted(skew=0).likeness(held(created_at=in_its_time)) is Likeness.ALIKE

    @pytest.mark.parametrize(
        ("seconds", "likeness"),
        [(-301, Likeness.ALIKE), (-299, Likeness.THE_ONE), (309, Likeness.THE_ONE), (311, Likeness.ALIKE)],
    )
    def test_is_five_minutes_wider_where_nothing_is_known_of_it(self, seconds, likeness):
        created_at = (BEGAN + timedelta(seconds=seconds)).isoformat()

        assert wanted(skew=None).likeness(held(created_at=created_at)) is likeness

    def test_allows_for_headers_in_whole_seconds(self):
        for created_at in (BEGAN - timedelta(seconds=1.5), ENDED + timedelta(seconds=1.5)):
            assert wanted(skew=0).likeness(held(created_at=created_at.isoformat())) is Likeness.THE_ONE


class TestClaims:
    def test_who_may_have_created_it_claims_it(self):
        assert wanted().may_claim(held())
        assert wanted(current_company="Acme SA").may_claim(held())
        assert wanted(first_name="Sofia").may_claim(held())

    @pytest.mark.parametrize(
        "change",
        [NO_ADDRESS, {"created_at": "2026-03-02T11:57:00Z"}, {"created_at": None}],
        ids=["a namesake", "made before", "no time"],
    )
    def test_who_can_t_have_created_it_does_not(self, change):
        assert not wanted().may_claim(held(**change))


def test_each_of_several_contents_that_were_sent_is_recognised():
    both = Wanted((Traits.of(SOPHIE | {"last_name": "Martn"}), Traits.of(SOPHIE)), wanted().window)

    assert both.likeness(held()) is Likeness.THE_ONE
    assert both.likeness(held(last_name="Martn")) is Likeness.THE_ONE


def test_a_search_is_parted_by_likeness():
    sofia = held(first_name="Sofia")

    found = judge(wanted(), [sofia, held(), held(**NO_ADDRESS | {"last_name": "Durand"})])

    assert (found.the_one, found.alike) == ([held()], [sofia])


CONTACTS = st.dictionaries(st.sampled_from(sorted(held())), json_values, max_size=8)


@given(CONTACTS)
def test_whatever_leonar_returns_is_judged(contact):
    for one in (contact, held(**contact)):
        found = judge(wanted(), [one])

        assert len(found.the_one) + len(found.alike) <= 1
        assert not found.the_one or (contact_id(one) is not None and moment(one["created_at"]) is not None)
        assert isinstance(wanted().may_claim(one), bool)


@pytest.mark.slow
@pytest.mark.parametrize("field", ["emails", "phones"])
def test_long_lists_are_compared_in_time_that_grows_with_their_length(field):
    def made(length: int) -> tuple[Wanted, dict]:
        one = field.removesuffix("s")
        items = [{one: f"{number}@acme.example" if one == "email" else f"+336{number:08}"} for number in range(length)]
        return wanted(**{field: items}), held(**{field: items[::-1]})

    def compare(pair: tuple[Wanted, dict]) -> None:
        sent, there = pair
        assert sent.likeness(there) is not Likeness.OTHER

    assert_linear(compare, made, size=16_000)


def test_a_key_tells_its_kind():
    assert Traits.of(SOPHIE).emails == {Key("email", "sophie@acme.example"), Key("email", "sophie@home.example")}
