"""Chats as messengers copy them: who writes, and whose address it is."""

import pytest

from contacts.reading import Kind, parse


@pytest.mark.parametrize(
    "chat",
    [
        "[12/03/2025, 14:05:22] Karim Benali: k.b@solveo.example",
        "12/03/2025, 14:05 - Karim Benali: k.b@solveo.example",
        "[14:05, 12/03/2025] Karim Benali: k.b@solveo.example",
        "[Yesterday 14:05] Karim Benali\nk.b@solveo.example",
        "Karim Benali  [2:05 PM]\nk.b@solveo.example",
        "Karim Benali\n  2:05 PM\nk.b@solveo.example",
        "Karim Benali, [12.03.2025 14:05]\nk.b@solveo.example",
        "Karim Benali sent the following message at 2:05 PM\nk.b@solveo.example",
    ],
)
def test_the_writer_stands_before_or_behind_the_time(chat):
    assert parse(chat).fields == {
        "first_name": "Karim",
        "last_name": "Benali",
        "emails": [{"email": "k.b@solveo.example"}],
    }


def test_of_two_it_is_the_one_who_says_how_to_be_reached():
    reading = parse("[14:02] Sophie Martin\nwhat is your mail?\n[14:05] Karim Benali\nk.b@solveo.example")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Karim", "Benali")
    assert reading.pieces[0].kind == Kind.MESSAGE
    assert "Sophie Martin" in reading.leftovers[0]


def test_whoever_copied_the_chat_is_nobody():
    assert "first_name" not in parse("[14:02] Me\nsophie@acme.example").fields


def test_nobody_is_chosen_where_two_say_how_to_be_reached():
    chat = "[14:02] Sophie Martin\nsophie@acme.example\n[14:05] Karim Benali\nk.b@solveo.example"

    assert parse(chat).fields.get("last_name") != "Benali"


def test_a_time_makes_no_chat():
    assert "first_name" not in parse("Office hours 9:30\nsophie@acme.example").fields


def test_whoever_writes_of_another_is_left_over():
    reading = parse("Anton Gerasimov  10:14 AM\nNew candidate: Mirela Popa, mirela.popa@carpatia.example")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Mirela", "Popa")
