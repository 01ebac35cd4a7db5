"""Mails that were copied with what stands above and below them: who wrote, and what belongs to somebody else."""

import pytest

from contacts.reading import Kind, parse

REPLY = """\
Thursday is fine.

Rachel Penhaligon
Operations Manager

From: Tom Sedgwick <tom.sedgwick@agency.example>
Sent: 03 March 2026 10:12
To: Rachel Penhaligon <rachel.penhaligon@foods.example>

Tom Sedgwick
T 0117 496 0999
"""


def test_whoever_answers_above_is_read_and_not_whom_they_answer():
    reading = parse(REPLY)

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Rachel", "Penhaligon")
    assert "phones" not in reading.fields
    assert Kind.MESSAGE in {piece.kind for piece in reading.pieces}


def test_the_address_of_whoever_answers_is_the_one_that_they_were_written_to():
    assert parse(REPLY).fields["emails"] == [{"email": "rachel.penhaligon@foods.example"}]


def test_a_mail_that_is_passed_on_without_a_signature_is_its_writers():
    reading = parse("Worth a call?\n\nFrom: Jo Quill <jo@quillstone.example>\nSent: Monday\nTo: us\n\nHello there")

    assert reading.fields["emails"] == [{"email": "jo@quillstone.example"}]


def test_the_number_of_a_meeting_is_nobodys():
    assert "phones" not in parse("Host: Jo Quill (jo@quillstone.example)\nDial: +1 346 248 7799").fields


@pytest.mark.parametrize(
    "told",
    [
        "Mi teléfono es el 633 55 01 90.",
        "Vous pouvez me joindre au +34 633 55 01 90.",
        "You can call me on +34 633 550 190 after five.",
        "Sie erreichen mich unter +34 633 550190.",
        "Ik ben bereikbaar op +34 633 550190.",
    ],
)
def test_a_number_that_the_message_says_is_its_writers_is_read(told):
    reading = parse(f"Buenos días,\n{told}\nUn abrazo\nMaite Olazábal\n")

    assert reading.fields["phones"] == [{"phone": "+34633550190"}]
    assert any(piece.kind is Kind.MESSAGE for piece in reading.pieces)


def test_another_number_of_the_message_is_left_over():
    reading = parse("Buenos días,\nllame a Pedro, 633 55 01 90.\nUn abrazo\nMaite Olazábal\n")

    assert "phones" not in reading.fields


def test_for_whom_somebody_signs_has_no_part_in_it():
    reading = parse(
        "Sent on behalf of Jonathan Ashby, CEO\n\n"
        "Tabitha Moss\nExecutive Assistant to the CEO\nAshby Marine Group\ntabitha.moss@ashby.example"
    )

    assert (reading.fields["last_name"], reading.fields["title"]) == ("Moss", "Executive Assistant to the CEO")


def test_the_address_of_the_list_that_a_mail_went_through_is_nobodys():
    assert parse("'Greta Hahn' via Bewerbungen <bewerbungen@firma.example>").fields == {
        "first_name": "Greta",
        "last_name": "Hahn",
    }


def test_what_an_invitation_is_called_and_where_it_meets_is_left_over():
    reading = parse(
        "Invitation: Entretien Data Engineer @ mar. 17 mars\n"
        "Organisateur : Solweig Marchand <solweig.marchand@q.example>\nLieu : Google Meet"
    )

    assert set(reading.fields) == {"first_name", "last_name", "emails"}


def test_the_box_of_a_department_is_no_name_behind_a_title():
    reading = parse("Responsable des admissions\nGhislaine Portal\nadmissions@ecole.example")

    assert (reading.fields["last_name"], reading.fields["title"]) == ("Portal", "Responsable des admissions")


def test_who_organizes_is_no_title():
    assert "title" not in parse("Organizer\nRasmus Holm\nrasmus.holm@vindmark.example").fields


def test_for_whom_a_letter_is_has_no_part_in_it():
    reading = parse(
        "Adrien MOUGENOT\n06 39 98 54 54\n\nÀ l'attention de Mme Claire Vogel\nDirectrice des ressources humaines\n"
        "Verrerie Lorraine\n\nObjet : candidature"
    )

    assert (reading.fields["last_name"], "title" in reading.fields) == ("Mougenot", False)
    assert "current_company" not in reading.fields


def test_that_a_cv_is_attached_is_no_title():
    assert "title" not in parse("De: Gloria Estévez <gloria@correo.example>\n\nAdjunto mi CV.\nGloria").fields
