"""Sentences in which people say who they are."""

import pytest

from contacts.reading import parse


def test_name_title_company_and_town_are_read_from_a_sentence():
    reading = parse("I'm Karim, head of data at Lumen in Lyon")

    assert reading.fields == {
        "first_name": "Karim",
        "title": "head of data",
        "current_company": "Lumen",
        "location": "Lyon",
    }


def test_whom_somebody_else_speaks_of_is_read():
    reading = parse("Spoke to Priya Raman yesterday, she is Head of Procurement at Oakhaven Foods.")

    assert reading.fields == {
        "first_name": "Priya",
        "last_name": "Raman",
        "title": "Head of Procurement",
        "current_company": "Oakhaven Foods",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "I'm looking for a senior developer at Acme",
        "I am very interested in the Marketing Manager position in London.",
        "Je suis à la recherche d'un poste de comptable chez vous",
        "Ich bin auf der Suche nach einer Stelle als Buchhalter",
        "I'm French",
    ],
)
def test_a_job_that_somebody_looks_for_is_left_over(sentence):
    assert parse(sentence).fields == {}


def test_an_address_that_nobody_reads_is_left_over():
    reading = parse("From: Jo Quill <no-reply@jobboard.example>\nReply-To: jo.quill@quillstone.example")

    assert reading.fields["emails"] == [{"email": "jo.quill@quillstone.example"}]
