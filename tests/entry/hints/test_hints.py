"""What looks like a slip is pointed out, with what would mend it; what is right in its own way is left alone."""

import pytest

from contacts.entry.hints import fixed, hints
from contacts.entry.hints.misspelt_domain import is_one_slip, meant_domain


def found(**typed: str) -> list[tuple[str, dict[str, str]]]:
    """The checks that find something in a form with these values, with their fixes; `__` stands for `-`."""
    return [(hint.check, dict(hint.fix)) for hint in hints(controls(**typed))]


def controls(**typed: str) -> dict[str, list[str]]:
    """The values of controls as they are posted."""
    return {name.replace("__", "-"): [value] for name, value in typed.items()}


class TestFreeMailTypedAsWork:
    @pytest.mark.parametrize("address", ["sophie@gmail.com", "Sophie <S@GMX.de>", "s@orange.fr", "s@icloud.com"])
    def test_it_may_be_marked_as_personal(self, address):
        assert found(emails__1__email=address, emails__1__type="work") == [("free-mail", {"emails-1-type": "personal"})]

    @pytest.mark.parametrize(
        ("address", "type_"),
        [("s@acme.example", "work"), ("s@gmail.com", "personal"), ("s@gmail.com", ""), ("s@orange.com", "work")],
    )
    def test_anything_else_is_left_alone(self, address, type_):
        assert found(emails__0__email=address, emails__0__type=type_) == []


class TestMisspeltDomains:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("gmial.com", "gmail.com"),
            ("gmal.com", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.fr", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("hotmial.fr", "hotmail.fr"),
            ("hotmai.com", "hotmail.com"),
            ("hotmail.cmo", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("yaho.fr", "yahoo.fr"),
            ("yhaoo.com", "yahoo.com"),
            ("wandoo.fr", "wanadoo.fr"),
            ("laposte.nte", ""),
            ("iclod.com", "icloud.com"),
        ],
    )
    def test_the_provider_is_recognised(self, typed, meant):
        assert meant_domain(typed) == meant

    @pytest.mark.parametrize(
        "domain",
        [
            "gmail.com",
            "mail.com",
            "ymail.com",
            "email.com",
            "yahoo.gr",
            "outlook.cz",
            "acme.example",
            "orange.com",
            "gmx.de",
            "",
        ],
    )
    def test_domains_that_are_right_are_left_alone(self, domain):
        assert meant_domain(domain) == ""

    def test_the_fix_keeps_what_stands_before_the_domain(self):
        assert found(emails__0__email="Sophie.Martin@gmial.com") == [
            ("domain", {"emails-0-email": "Sophie.Martin@gmail.com"})
        ]

    @pytest.mark.parametrize(
        ("one", "other", "is_so"),
        [
            *(("ab", "ba", True), ("ab", "abc", True), ("abc", "ab", True), ("abc", "adc", True), ("", "a", True)),
            *(("abc", "abc", False), ("abcd", "badc", False), ("abcd", "cdab", False), ("", "ab", False)),
        ],
    )
    def test_one_slip_is_one_letter_or_two_that_changed_places(self, one, other, is_so):
        assert is_one_slip(one, other) is is_so


class TestSwappedNames:
    def test_a_first_name_in_the_place_of_the_last_one_may_be_swapped(self):
        assert found(first_name="Kowalska", last_name="Anna") == [
            ("swapped", {"first_name": "Anna", "last_name": "Kowalska"})
        ]
        assert [check for check, _fix in found(first_name="MARTIN", last_name="Sophie")] == ["swapped"]

    @pytest.mark.parametrize(
        ("first", "last"),
        [("Sophie", "Martin"), ("Martin", "Thomas"), ("SOPHIE", "MARTIN"), ("Anna", ""), ("", "Anna"), ("Zyx", "Qwrt")],
    )
    def test_two_first_names_are_a_name_like_any_other(self, first, last):
        assert found(first_name=first, last_name=last) == []


class TestTheProfileOfAnotherName:
    def test_it_is_pointed_out(self):
        assert found(linkedin_profile="fr.linkedin.com/in/karim-haddad-1b2", last_name="Martin") == [("profile", {})]

    @pytest.mark.parametrize(
        ("profile", "last"),
        [
            ("in/sophie-martin", "Martin"),
            ("in/smartin75", "MARTIN"),
            ("in/sophie-lefevre", "Lefèvre"),
            ("in/joerg-mueller", "Müller"),
            ("in/jan-de-vries", "de Vries"),
            ("in/anna-lopez", "López García"),
            ("in/karim", ""),
            ("https://acme.example/team", "Martin"),
            ("in/anna-k", "Ковальская"),
            ("in/soneill", "O'Neill"),
        ],
    )
    def test_the_last_name_or_a_part_of_it_is_enough(self, profile, last):
        assert found(linkedin_profile=profile, last_name=last) == []


class TestPhonesOfAnotherCountry:
    def test_a_number_without_its_country_may_be_a_local_one(self):
        assert found(phones__0__phone="01 23 45 67 89", location="Lyon") == []
        # Valid in both countries: sent as a French one, unless somebody says so.
        assert found(phones__0__phone="06 12 34 56 78", location="Amsterdam, Netherlands") == [
            ("phone-country", {"phones-0-phone": "+31612345678"})
        ]

    def test_one_with_its_country_is_pointed_out_and_no_more(self):
        assert found(phones__2__phone="+32 470 12 34 56", location="Paris") == [("phone-country", {})]
        assert found(phones__2__phone="+33 6 12 34 56 78", location="Paris, Île-de-France, France") == []

    @pytest.mark.parametrize("location", ["", "Remote", "Middle-earth", "Europe"])
    def test_where_the_place_is_not_known_nothing_is_said(self, location):
        assert found(phones__0__phone="+32 470 12 34 56", location=location) == []

    def test_a_number_that_can_t_be_right_is_asked_about_elsewhere(self):
        assert found(phones__0__phone="06 12", location="Berlin") == []


class TestDismissingAndFixing:
    TYPED = controls(emails__0__email="sophie@gmial.com")

    def test_a_dismissed_hint_is_gone_until_the_value_is_another(self):
        (hint,) = hints(self.TYPED)

        assert hints(self.TYPED, dismissed=[hint.key]) == []
        assert len(hints(controls(emails__0__email="ana@gmial.com"), dismissed=[hint.key])) == 1

    def test_its_key_tells_nothing_of_the_value(self):
        (hint,) = hints(self.TYPED)

        assert "sophie" not in hint.key
        assert " " not in hint.key

    def test_a_fix_changes_its_control_alone_and_leaves_no_hint(self):
        typed = self.TYPED | controls(title="Engineer")
        (hint,) = hints(typed)

        held, _hint = fixed(typed, hint.key)

        assert held == typed | controls(emails__0__email="sophie@gmail.com")
        assert hints(held) == []

    def test_a_hint_that_is_none_any_more_fixes_nothing(self):
        assert fixed(self.TYPED, "domain.000000000000") == (self.TYPED, None)


@pytest.mark.parametrize("junk", ["", " ", "@", "é" * 5000, "\u202e@gmail.com", "a@" + "x." * 500, "+" * 100])
def test_whatever_was_typed_they_never_raise(junk):
    names = ("first_name", "last_name", "linkedin_profile", "location", "emails__0__email", "phones__0__phone")

    hints(controls(**dict.fromkeys(names, junk)))
