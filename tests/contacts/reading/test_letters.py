"""Mails that were copied with what stands above and below them: who wrote, and what belongs to somebody else."""

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
