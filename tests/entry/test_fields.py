"""The form's fields: what each takes, what it makes of it, and what it says where it does not."""

import pytest
from django.core.exceptions import ValidationError

from contacts.entry import typed_values
from contacts.entry.fields import EmailField, IntegerField, LinkedInField, ListField, TextField, UUIDField


def refusal(field, typed: str) -> str:
    """What `field` says about `typed`."""
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


class TestText:
    def test_it_is_cleaned_before_it_is_counted(self):
        assert TextField(most=3).clean("\u200b a\u00a0\u00a0é ") == "a é"

    def test_too_long_is_refused_with_the_count_and_never_cut(self):
        field = TextField(most=100, label="First name")

        assert field.clean("x" * 100) == "x" * 100
        assert refusal(field, "x" * 113) == "First name must be 100 characters or fewer. This one has 113."

    def test_only_invisible_characters_are_no_text(self):
        assert "required" in refusal(TextField(required=True), "\u200b \u00a0")


class TestEmail:
    @pytest.mark.parametrize("address", ["sophie@example.com", "o'neil+jobs@a-b.example", "x@EXAMPLE.museum"])
    def test_addresses_in_the_plain_form_are_taken(self, address):
        assert EmailField().clean(address) == address

    @pytest.mark.parametrize(
        "junk",
        [
            "sophie",
            "sophie@",
            "@example.com",
            "sophie@example",
            "sophie@localhost",
            "sophie@[127.0.0.1]",
            '"so phie"@example.com',
            "so phie@example.com",
            ".sophie@example.com",
            "sophie..m@example.com",
            "sophie@example..com",
            "sophie@-example.com",
            "sophie@example.123",
            "sophie@example.com, karim@example.com",
            "x" * 65 + "@example.com",
            "x@" + "a." * 130 + "com",
        ],
    )
    def test_anything_else_is_refused_with_an_example(self, junk):
        assert refusal(EmailField(), junk) == "Enter one e-mail address, like name@example.com."

    @pytest.mark.parametrize("foreign", ["zoé@example.com", "sophie@☃☃️.example"])
    def test_an_address_that_has_no_ascii_form_says_so(self, foreign):
        assert "no accents" in refusal(EmailField(), foreign)


class TestLinkedIn:
    def test_separators_alone_are_nothing(self):
        assert LinkedInField().clean(" , ") == ""

    def test_what_is_no_address_is_refused_with_an_example(self):
        assert "https://www.linkedin.com/in/" in refusal(LinkedInField(), "Sophie Martin")


class TestId:
    @pytest.mark.parametrize(
        "typed",
        [
            "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01",
            " 5D1F0A527C1E4B7E9A510D3C6A4F1E01\u200b",
            "{5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01}",
            "urn:uuid:5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01",
        ],
    )
    def test_any_notation_becomes_the_usual_one(self, typed):
        assert UUIDField().clean(typed) == "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01"

    @pytest.mark.parametrize(
        "junk", ["acme", "5d1f0a52_7c1e4b7e9a510d3c6a4f1e01", "5d1f0a527c1e4b7e9a510d3c6a4f1e0\u0661"]
    )
    def test_anything_else_is_refused(self, junk):
        assert refusal(UUIDField(label="Company id"), junk).startswith("Company id must be an id like")


class TestList:
    def test_every_item_that_is_too_long_is_named(self):
        said = refusal(ListField(item_most=100), f"Rust, {'a' * 101}, {'b' * 102}")

        assert "“aaaaaaaaaaaaaaaaaaaa…” has 101 characters" in said
        assert "“bbbbbbbbbbbbbbbbbbbb…” has 102 characters" in said
        assert "Rust" not in said

    def test_an_item_at_the_limit_is_taken(self):
        assert ListField(item_most=100).clean("é" * 100) == ["é" * 100]

    def test_a_list_is_shown_in_its_one_input(self):
        assert ListField().prepare_value(["Rust", "Go"]) == "Rust, Go"


class TestInteger:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [("7", 7), (" 7\u00a0", 7), ("٧", 7), ("+7", 7), ("\u22127", -7), ("0", 0), ("1 200", 1200), ("", None)],
    )
    def test_whole_numbers_are_taken_however_they_are_written(self, typed, number):
        assert IntegerField().clean(typed) == number

    @pytest.mark.parametrize("junk", ["7.5", "seven", "1e3", "²", "9007199254740992", "9" * 5000, "1_0", "--1"])
    def test_anything_else_is_refused_with_an_example(self, junk):
        assert refusal(IntegerField(label="Years"), junk) == "Years must be a whole number, like 7."


class TestTypedValues:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            (" 1\u200b ", "text", "1"),
            ("7", "number", 7),
            ("-3,5", "number", -3.5),
            ("1 500", "number", 1500),
            ("1500,125", "number", 1500.125),
            ("0,125", "number", 0.125),
            (".5", "number", 0.5),
            ("1e3", "number", 1000.0),
            ("Oui", "boolean", True),
            (" 0", "boolean", False),
            ('{"a": [1, null, "é"]}', "json", {"a": [1, None, "é"]}),
            ('\ufeff"\\\\u0000"', "json", "\\u0000"),
            ("false", "json", False),
            ("[1e22, 0.10, -0.5]", "json", [1e22, 0.1, -0.5]),
        ],
    )
    def test_a_text_becomes_a_value_of_its_type(self, text, kind, value):
        found = typed_values.read(text, kind)

        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize(
        ("text", "kind", "says"),
        [
            ("seven", "number", "Enter a number"),
            ("NaN", "number", "Enter a number"),
            ("Infinity", "number", "Enter a number"),
            ("1_000", "number", "Enter a number"),
            ("1,500", "number", "two numbers"),
            ("9007199254740993", "number", "more digits"),
            ("0.1234567890123456789", "number", "more digits"),
            ("1e999", "number", "more digits"),
            ("1e-999", "number", "more digits"),
            ("maybe", "boolean", "yes or no"),
            ("{", "json", "valid JSON"),
            ("NaN", "json", "valid JSON"),
            ("[Infinity]", "json", "valid JSON"),
            ("[" * 100_000, "json", "valid JSON"),
            ("9" * 5000, "json", "valid JSON"),
            ("null", "json", "no value"),
            ("[" * 51 + "1" + "]" * 51, "json", "levels"),
            ("1e999", "json", "too large"),
            ("[9007199254740993]", "json", "too large"),
            ("[9007199254740993.0]", "json", "too many digits"),
            ("0.1234567890123456789", "json", "too many digits"),
            ("1e-999", "json", "too many digits"),
            ("1e-99999999999999999999", "json", "too many digits"),
            ('[{"a": 1, "b": {"c": 1, "c": 1}}]', "json", "the same key twice"),
            (r'{"\ud800": 1, "\ud800": 2}', "json", "the same key twice"),
            ('"\\u0000"', "json", "can't be stored"),
            ('{"\\ud800": 1}', "json", "can't be stored"),
        ],
    )
    def test_what_it_cannot_become_is_refused(self, text, kind, says):
        with pytest.raises(ValidationError) as refused:
            typed_values.read(text, kind)

        assert says in refused.value.message

    @pytest.mark.parametrize(
        "value", ["a", " a ", "", "null", 7, -0.5, 1e20, True, False, [], {"a": [None, "é"]}, 2**53 - 1]
    )
    def test_a_value_is_written_as_the_text_it_is_read_from(self, value):
        text, kind = typed_values.write(value)

        assert typed_values.read(text, kind) == value
        assert type(typed_values.read(text, kind)) is type(value)
