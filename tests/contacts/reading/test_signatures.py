"""What the lines of a signature say, where two readings of them are possible."""

import pytest

from contacts.reading import parse


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (
            "Consultante senior\nAgence Nationale pour\nla Rénovation Durable",
            "current_company",
            "Agence Nationale pour la Rénovation Durable",
        ),
        ("Director of Corporate and\nRegulatory Affairs", "title", "Director of Corporate and Regulatory Affairs"),
    ],
)
def test_what_breaks_off_goes_on_on_the_next_line(lines, field, value):
    assert parse(f"Clarisse Dubourg\n{lines}\nc.dubourg@anrd.example").fields[field] == value


def test_what_breaks_off_with_nothing_below_is_left_over():
    assert "title" not in parse("Clarisse Dubourg\nResponsable de la\nc.dubourg@anrd.example").fields


def test_when_somebody_works_is_no_part_of_the_company():
    reading = parse("Ludivine Ferrand\nData analyst chez Octopia – Télétravail lundi\nludivine@octopia.example")

    assert (reading.fields["title"], reading.fields["current_company"]) == ("Data analyst", "Octopia")


@pytest.mark.parametrize("line", ["Service des Ressources Humaines", "Abteilung für Personal", "Department of Finance"])
def test_a_department_is_no_title(line):
    assert "title" not in parse(f"Céline Aubertin\n{line}\nceline@mairie.example").fields


def test_a_name_that_is_signed_twice_is_no_company():
    reading = parse("Name: Nerea Ibarguren\nnerea@ibarguren-arquitectura.example\n\nNerea Ibarguren\nArquitecta")

    assert "current_company" not in reading.fields


def test_a_button_with_somebodys_first_name_is_no_name():
    reading = parse("Edwin Ashcombe\nLettings Negotiator\nEmail Edwin: edwin@ashgrove.example")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Edwin", "Ashcombe")


def test_a_part_of_a_town_is_no_company():
    reading = parse("Fernanda Quiroga\nDiseñadora UX\nBarrio Palermo, Buenos Aires")

    assert "current_company" not in reading.fields


def test_brackets_behind_a_name_hold_the_company_that_the_domain_names():
    assert parse("Hugo Lemercier (Novalia) <hugo@novalia.example>").fields["current_company"] == "Novalia"
    assert "current_company" not in parse("Hugo Lemercier (Extern) <hugo@novalia.example>").fields


def test_a_name_in_small_letters_may_have_its_last_name_first():
    reading = parse("o'connell, sean <sean.oconnell@eirtech.example>")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Sean", "O'Connell")


def test_an_extension_has_austrian_and_german_words_too():
    assert parse("T: +43 1 555 01 22 DW 14").fields["phones"] == [{"phone": "+4315550122 ext. 14"}]


def test_a_profile_may_have_the_address_of_before():
    reading = parse("http://be.linkedin.com/pub/griet-claes/12/a45/678")

    assert reading.fields == {"linkedin_profile": "https://www.linkedin.com/pub/griet-claes/12/a45/678"}


def test_the_heading_of_a_table_says_by_its_language_where_numbers_are_dialled():
    reading = parse("Voornaam;Achternaam;Mobiel\nLieke;Broek;0622555123")

    assert reading.fields["phones"] == [{"phone": "+31622555123"}]
