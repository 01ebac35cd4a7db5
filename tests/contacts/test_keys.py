"""By what a person is recognised, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.contact import Key, address_keys, keys
from contacts.text.identity import KEY_MOST
from contacts.text.storable import storable_text
from tests.json_values import json_values

NAMES = ("first_name", "last_name", "email", "emails", "phone", "phones", "linkedin_profile")


def of(kind: str, **contact) -> set[str]:
    """The keys of this kind."""
    return {key.value for key in keys(contact, region="FR") if key.kind == kind}


class TestEmail:
    @pytest.mark.parametrize(
        "written",
        [
            "sophie@münchen.example",
            "SOPHIE@xn--mnchen-3ya.example",
            " Sophie <sophie@München.example>,",
            "mailto:sophie@münchen.example",
        ],
    )
    def test_every_writing_of_an_address_has_the_same_key(self, written):
        assert of("email", email=written) == {"sophie@xn--mnchen-3ya.example"}

    def test_addresses_alone_and_in_the_list_all_count(self):
        contact = {
            "email": "a@example.com",
            "emails": [{"email": "B@example.com"}, "c@example.com", None, {"email": 7}],
        }

        assert of("email", **contact) == {"a@example.com", "b@example.com", "c@example.com"}

    def test_what_is_no_address_is_no_key(self):
        assert of("email", email="none") == set()


class TestPhone:
    @pytest.mark.parametrize(
        "written",
        [
            "+33612345678",
            "06 12 34 56 78",
            "0033 6 12 34 56 78",
            "+33 (0)6.12.34.56.78",
            "tel:+33-6-12-34-56-78",
            "٠٦ ١٢ ٣٤ ٥٦ ٧٨",
            "+33612345678 ext. 12",
            "Mobile: 06 12 34 56 78",
        ],
    )
    def test_every_notation_of_a_number_has_the_same_key(self, written):
        assert of("phone", phone=written) == {"+33612345678"}

    def test_a_number_of_another_country_has_its_own(self):
        assert of("phone", phone="+34 612 345 678") == {"+34612345678"}

    def test_one_that_is_possible_nowhere_is_its_digits(self):
        assert of("phone", phone="12-34567-89.0123 456789") == of("phone", phone="1234567890123456789")
        assert of("phone", phone="1" * 300) != of("phone", phone="1" * 301)

    @pytest.mark.parametrize("short", ["112", "06 12 34", "ask Karim", "-"])
    def test_a_few_digits_tell_nobody_from_anybody(self, short):
        assert of("phone", phone=short) == set()


class TestLinkedIn:
    @pytest.mark.parametrize(
        "written",
        [
            "https://www.linkedin.com/in/zo%C3%A9-martin",
            "https://www.linkedin.com/in/zoé-martin/",
            "https://www.linkedin.com/in/ZOE%CC%81-MARTIN",
            "http://fr.linkedin.com/in/Zoé-Martin?trk=x&utm=y",
            "linkedin.com/in/zo%c3%a9-martin/details/experience/#top",
            "https://m.linkedin.com/comm/in/zoé-martin",
            "https://www.linkedin.com/%69n/zoé-martin",
            "in/zoé-martin",
        ],
    )
    def test_every_form_of_a_profile_has_the_same_key(self, written):
        assert of("linkedin", linkedin_profile=written) == {"linkedin.com/in/zoé-martin"}

    def test_accents_and_what_cannot_be_decoded_tell_profiles_apart(self):
        written = ["in/zoe-martin", "in/zoé-martin", "in/zo%E9-martin", "in/zo%E8-martin"]

        assert len({value for one in written for value in of("linkedin", linkedin_profile=one)}) == 4

    def test_of_any_other_address_the_query_counts(self):
        one, other = ("https://people.example/show?id=1", "https://people.example/show?id=2")

        assert of("linkedin", linkedin_profile=one) != of("linkedin", linkedin_profile=other)
        assert of("linkedin", linkedin_profile="HTTP://www.People.example/Sophie/") == {"people.example/sophie"}


class TestName:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (("Martin-Dubois, José", None), ("jose martin", "dubois")),
            (("José", "Martin-Dubois"), ("Dubois", "JOSÉ MARTIN")),
            (("Seán", "O’Neil"), ("Sean", "O'Neil")),
            (("J.P.", "Straße"), ("J. P.", "STRASSE")),
            (("佐藤", "健"), ("健", "佐藤")),
        ],
    )
    def test_case_accents_punctuation_and_order_do_not_matter(self, one, other):
        keys_of = [of("name", first_name=first, last_name=last) for first, last in (one, other)]

        assert keys_of[0] == keys_of[1] != set()

    def test_other_names_have_other_keys(self):
        assert of("name", first_name="Ana", last_name="Kowalska") != of("name", first_name="Anna", last_name="Kowalska")

    def test_without_a_letter_or_digit_there_is_no_name(self):
        assert of("name", first_name="–", last_name="…") == set()


def test_the_name_is_not_among_the_addresses():
    contact = {"first_name": "Ana", "email": "ana@example.com"}

    assert address_keys(contact, region="FR") == {Key("email", "ana@example.com")}


def test_a_long_value_keeps_its_difference_in_the_length_of_an_index():
    long = [f"{'x' * 500}{end}@example.com" for end in ("a", "b")]

    found = of("email", emails=long)

    assert len(found) == 2
    assert {len(value) for value in found} == {KEY_MOST}


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_no_shape_of_a_contact_is_too_odd(contact):
    for key in keys(contact, region="FR"):
        assert 0 < len(key.value) <= KEY_MOST
        assert storable_text(key.value) == key.value


@pytest.mark.parametrize("address", ["https://[x", "https://[::1", "//", "%", "https://a.example:port/%zz", "in/%00"])
def test_no_address_is_too_odd(address):
    keys({"linkedin_profile": address, "email": address, "phone": address, "first_name": address}, region="FR")
