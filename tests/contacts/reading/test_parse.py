"""What a caller gets: fields, leftovers, and where each came from."""

import pytest

from contacts.reading import RECASED, Certainty, Kind, parse, parse_file

SIGNATURE = """\
Sophie MARTIN | CTO @ Acme
Tél. 06 12 34 56 78 · sophie@acme.example
Fax : 01 23 45 67 80
"""


def value(reading, field):
    return next(value for value in reading.values if value.field == field)


def test_a_signature_gives_fields_by_the_apis_names_and_the_rest():
    reading = parse(SIGNATURE)

    assert reading.fields == {
        "emails": [{"email": "sophie@acme.example"}],
        "phones": [{"phone": "+33612345678"}],
        "first_name": "Sophie",
        "last_name": "Martin",
        "title": "CTO",
        "current_company": "Acme",
    }
    assert reading.leftovers == ["Fax : 01 23 45 67 80"]
    assert [piece.kind for piece in reading.pieces] == [Kind.FAX]


def test_each_value_says_where_it_came_from():
    reading = parse(SIGNATURE)

    phone = value(reading, "phones")
    assert (phone.source, phone.reader, phone.certainty) == ("06 12 34 56 78", "phones", Certainty.CERTAIN)
    assert [SIGNATURE[span.start : span.end] for span in phone.spans] == ["06 12 34 56 78"]
    assert SIGNATURE[phone.around[0].start : phone.around[0].end] == "Tél."


def test_a_name_that_gets_other_capitals_says_so_and_can_go_back():
    reading = parse(SIGNATURE)

    last = value(reading, "last_name")
    assert (last.value, last.note, last.source) == ("Martin", RECASED, "MARTIN")
    assert value(reading, "first_name").note == ""


def test_the_region_decides_what_a_national_number_means():
    assert parse("020 7946 0958", region="GB").fields == {"phones": [{"phone": "+442079460958"}]}


@pytest.mark.parametrize("number", ["06 39 98 18 18", "0639981818", "06.3998.1818", "01-39-98-18-18"])
def test_frenchmen_part_a_number_between_its_pairs(number):
    assert parse(number).fields["phones"][0]["phone"].startswith("+33")


def test_what_is_parted_inside_a_pair_is_no_french_number():
    assert "+33" not in str(parse("T: 0513 555 012").fields)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_charset_of_a_file_is_found_out(charset):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé;;;\r\nFN:Zoé Lefèvre\r\nEND:VCARD\r\n"

    assert parse_file(card.encode(charset)).fields == {"first_name": "Zoé", "last_name": "Lefèvre"}
