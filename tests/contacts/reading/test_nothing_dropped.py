"""What holds for any text: nothing raises, nothing is dropped or read twice, and time grows with the length."""

import re
import sys
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberMatcher

from contacts.contact import BODY_NAMES
from contacts.leonar import limits
from contacts.reading import Kind, Reading, TooLong, parse, parse_file
from contacts.reading.parsing import CARD_MOST, MOST
from contacts.reading.readers import phones
from tests.growth import assert_linear

# What the readers look for, in pieces.
WORDS = st.sampled_from(
    re.split(
        " ",
        "Sophie MARTIN Martin, van der Berg Dr. CTO Directrice commerciale at chez @ Acme GmbH 75002 Paris Berlin "
        "sophie@acme.example kb@gmail.com mailto: in/sophie https://www.linkedin.com/in/sophie www.x.example "
        "Tél. Fax: M: e: tags: Name: Nom: Prénom: skills: languages: From: To: years: 06 +33 12 34 56 78 0171 1017 AB "
        "Cordialement, regards, SIRET confidentiel N:Martin;Sophie FN:X VERSION:2.1 ORG:Acme;Sales TEL;CELL:06 EMAIL: "
        "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=A9= PHOTO;ENCODING=BASE64: item1.TEL: | • · – -- : ; = < > ( ) , "
        "\n \n\n \r\n \t BEGIN:VCARD\n \nEND:VCARD\n =\n",
    )
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join))


def assert_whole(reading: Reading) -> None:
    """Each character that is no white space is in exactly one place."""
    spans = [span for value in reading.values for span in (*value.spans, *value.around)]
    spans += [piece.span for piece in reading.pieces]
    covered = bytearray(len(reading.text))
    for span in spans:
        assert 0 <= span.start <= span.end <= len(reading.text)
        assert not any(covered[span.start : span.end]), f"read twice: {reading.text[span.start : span.end]!r}"
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)

    dropped = [
        character
        for character, is_covered in zip(reading.text, covered, strict=True)
        if not is_covered and not character.isspace()
    ]
    assert dropped == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=nonsense:=C3=A9;=\nX\nEND:VCARD")
@example("BEGIN:VCARD\n\x00\nEND:VCARD")
@example("\ud800 Sophie \udfff@acme.example")
@example("Sophie\x85Martin\u2028CTO")
def test_every_character_of_any_text_is_placed_or_left_over_exactly_once(text):
    assert_whole(parse(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_value_comes_from_the_text_that_it_names(text):
    reading = parse(text)

    for value in reading.values:
        assert value.reader
        assert value.source
        assert value.spans
    for piece in reading.pieces:
        assert piece.text.strip()


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_fields_are_the_documented_ones_within_their_limits(text):
    fields = parse(text).fields

    assert set(fields) <= set(BODY_NAMES)
    assert len(fields.get("emails", [])) <= limits.EMAILS_MAX
    assert len(fields.get("phones", [])) <= limits.PHONES_MAX
    assert all(len(fields.get(name, "")) <= limits.NAME_MAX for name in ("first_name", "last_name"))
    assert all(
        row.get("type", "work") in {"work", "personal"} for name in ("emails", "phones") for row in fields.get(name, [])
    )


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(), TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass"))))
def test_any_file_can_be_read(data):
    assert_whole(parse_file(data))


def test_where_nothing_is_placed_everything_is_left_over_as_it_stands():
    reading = parse("--- what? ---\n * nothing *")

    assert reading.fields == {}
    assert reading.leftovers == ["--- what? ---", "* nothing *"]


def test_too_much_text_is_refused_and_nothing_read():
    with pytest.raises(TooLong) as refusal:
        parse("Sophie Martin\n" + "x" * MOST)

    assert refusal.value.most == MOST


def test_a_card_may_carry_its_picture():
    picture = "\n ".join(["A" * 70] * 2000)

    reading = parse(f"BEGIN:VCARD\nVERSION:3.0\nFN:Sophie Martin\nPHOTO;ENCODING=b;TYPE=JPEG:{picture}\nEND:VCARD")

    assert reading.fields == {"first_name": "Sophie", "last_name": "Martin"}
    assert [piece.kind for piece in reading.pieces] == [Kind.PICTURE]
    assert reading.leftovers == ["PHOTO (140 kB)"]


def test_a_card_has_its_limit_too():
    with pytest.raises(TooLong):
        parse("BEGIN:VCARD\n" + "x" * CARD_MOST)


def test_what_a_card_says_beside_its_picture_is_no_longer_than_any_other_text():
    lines = "TEL:1\n" * (MOST // 6 + 10)

    with pytest.raises(TooLong) as refusal:
        parse(f"BEGIN:VCARD\nVERSION:3.0\n{lines}END:VCARD")

    assert refusal.value.most == MOST


def test_a_parameter_of_a_card_is_read_in_one_way_alone():
    # In each of millions of ways to part it, were there several.
    assert parse(f"BEGIN:VCARD\nTEL;TYPE={'a' * 3000}\nFN:Sophie Martin\nEND:VCARD").fields["first_name"] == "Sophie"


def test_hyphens_can_t_part_a_city_in_many_ways():
    assert parse("a-" * 145).leftovers


def test_numbers_are_tried_so_often_and_the_rest_is_left_over(monkeypatch):
    tried = []

    def matcher(text, *more, **options):
        tried.append(text)
        return PhoneNumberMatcher(text, *more, **options)

    monkeypatch.setattr(phones, "PhoneNumberMatcher", matcher)
    line = "2019 - 2021 " * 24 + "\n"

    few = parse(line * 60)
    at_first = len(tried)
    many = parse(line * 200)

    assert at_first
    assert len(tried) - at_first <= at_first
    assert len("".join(many.leftovers)) > len("".join(few.leftovers))


def test_a_text_longer_than_any_signature_is_read_as_far_as_one_may_reach_and_the_rest_is_left_over():
    reading = parse("Sophie Martin\nsophie@acme.example\n" + "and so on\n" * 2000 + "karim@solveo.example\n")

    assert reading.fields == {
        "first_name": "Sophie",
        "last_name": "Martin",
        "emails": [{"email": "sophie@acme.example"}],
    }
    assert reading.leftovers[-1].endswith("karim@solveo.example")
    assert_whole(reading)


def test_a_line_longer_than_that_is_cut_before_a_word():
    near = parse("sophie@acme.example " + "x " * 7980 + "karim.benali@gmail.com " + "x " * 8000)

    assert near.fields["emails"] == [{"email": "sophie@acme.example"}]
    assert "karim.benali@gmail.com" in near.leftovers[-1]
    assert_whole(near)


GROWING = {
    "one letter": "a",
    "blanks": "x" + " " * 50,
    "digits": "06 12 34 56 78 ",
    "single digits": "1 ",
    "addresses": "sophie@acme.example ",
    "at signs": "@",
    "dots": "a.",
    "brackets": "<(",
    "commas": "a, ",
    "one tag often": "tag,",
    "lines": "Sophie Martin\n",
    "empty lines": "\n",
    "labels": "Name: Sophie\n",
    "colons": "tel:",
    "quotes": "> Sophie\n",
    "law": "Ce message est confidentiel et il est destiné à vous seul, merci.\n",
    "folds": "NOTE:a\n b\n",
    "soft breaks": "NOTE;ENCODING=QUOTED-PRINTABLE:a=\nb=\n",
    "parameters": ";a=b",
    "cities": "75002 Paris ",
    "capitals": "MARTIN ",
    "mail names": "Sophie Martin <sophie@acme.example>, ",
    "cells": "a;b\tc\n",
    "equals": "=",
    "slashes": "in/a ",
    "properties": "TEL:06 12 34 56 78\n",
    "groups": "item1.TEL:06 12 34 56 78\nitem1.X-ABLabel:x\n",
    "names and companies": "N:b;a\nORG:c\nROLE:d\n",
    "cards": "BEGIN:VCARD\nEND:VCARD\n",
    "pictures": "😀 ",
    "signed": "LG Svenja\n",
    "units": "School of Humanities at Acme, ",
}


def steps(text: str) -> int:
    """How many calls a reading makes, of Python's and of C's: the same on every machine."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        parse(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", GROWING)
@pytest.mark.parametrize("before", ["", "tags: ", "BEGIN:VCARD\nCATEGORIES:"])
def test_twice_the_text_takes_no_more_than_about_twice_the_work(name, before):
    unit = GROWING[name]
    smaller, larger = (steps(before + unit * (size // len(unit))) for size in (MOST // 32, MOST // 16))

    # Whatever happens once for each page is a part of every count.
    least = 5000
    assert larger < 2.4 * max(smaller, least)


@pytest.mark.slow
@pytest.mark.parametrize("name", GROWING)
@pytest.mark.parametrize("before", ["", "tags: ", "BEGIN:VCARD\nCATEGORIES:"])
def test_no_pattern_takes_time_that_grows_with_the_square(name, before):
    """What counting calls does not see: a search of one regular expression that goes back and forth."""
    unit = GROWING[name]

    assert_linear(parse, lambda size: before + unit * (size // len(unit)), size=MOST // 2)
