"""What of a vCard is left over, and what a person sees of it."""

from contacts.reading import Kind, parse


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", "FN:Sophie Martin", *lines, "END:VCARD", ""])


def test_what_has_no_field_is_shown_decoded():
    reading = parse(
        card("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Rencontr=C3=A9e =", "=C3=A0 Lyon", "BDAY:1990-04-12")
    )

    assert reading.leftovers == ["NOTE: Rencontrée à Lyon", "BDAY:1990-04-12"]


def test_a_picture_is_shown_in_a_few_words():
    reading = parse(card("PHOTO;JPEG;ENCODING=BASE64:", " " + "A" * 70, " " + "A" * 70, ""))

    assert [(piece.text, piece.kind) for piece in reading.pieces] == [("PHOTO (1 kB)", Kind.PICTURE)]


def test_what_programs_write_for_each_other_is_told_apart():
    reading = parse(card("REV:20260112T091500Z"))

    assert [(piece.text, piece.kind) for piece in reading.pieces] == [("REV:20260112T091500Z", Kind.BOOKKEEPING)]


def test_titles_and_the_rest_of_an_address_are_left_over():
    reading = parse(
        card("N:Martin;Sophie;;Dr.;PhD", "ADR;WORK:;;12 rue de la Paix;Paris;;75002;France", "ORG:Acme;Sales")
    )

    assert reading.fields["location"] == "Paris"
    assert reading.leftovers == ["Dr.", "PhD", "12 rue de la Paix", "75002", "France", "Sales"]


def test_the_second_card_is_another_person():
    second = card("TEL:+33 6 12 34 56 78")

    reading = parse(card("TEL:+33 7 12 34 56 78") + second)

    assert reading.fields["phones"] == [{"phone": "+33712345678"}]
    assert [(piece.text, piece.kind) for piece in reading.pieces] == [(second.strip(), Kind.PERSON)]


def test_a_companys_card_names_nobody():
    reading = parse("BEGIN:VCARD\nN:;Acme SARL;;;\nFN:Acme SARL\nORG:Acme SARL\nEND:VCARD")

    assert reading.fields == {"current_company": "Acme SARL"}
    assert reading.leftovers == []


def test_two_properties_may_share_a_label_and_an_empty_one_says_nothing():
    reading = parse(
        card(
            "item1.TEL:+33 6 12 34 56 78",
            "item1.EMAIL:sophie@acme.example",
            "item1.X-ABLabel:_$!<Work>!$_",
            "item2.ADR:;;;Lyon;;;",
            "item2.X-ABLabel:",
        )
    )

    assert reading.fields["phones"] == [{"phone": "+33612345678", "type": "work"}]
    assert reading.fields["emails"] == [{"email": "sophie@acme.example", "type": "work"}]
    assert reading.fields["location"] == "Lyon"


def test_a_name_of_signs_alone_is_none_and_a_country_is_a_place():
    reading = parse("BEGIN:VCARD\nN:🎸;Milo;;;\nFN:Milo 🎸\nADR;TYPE=HOME:;;;;;;Nigeria\nEND:VCARD")

    assert reading.fields == {"first_name": "Milo", "location": "Nigeria"}
