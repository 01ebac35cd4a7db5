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


def test_a_double_last_name_may_go_on_with_a_particle():
    reading = parse("Gerda Wolters-de Wit\nWijkverpleegkundige\ngerda.wolters@linde.example")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Gerda", "Wolters-de Wit")


def test_of_two_who_sign_with_their_titles_the_first_is_read():
    reading = parse(
        "Best,\nNadine & Paul\n\nNadine Fournier, Office Manager\nPaul Rey, Comptable\n"
        "Atelier Boréal\ncontact@atelierboreal.fr"
    )

    assert (reading.fields["first_name"], reading.fields["title"]) == ("Nadine", "Office Manager")


def test_two_first_names_are_no_firm():
    assert "current_company" not in parse("Best,\nNadine & Paul\n\nNadine Fournier\nnadine@fournier.example").fields


@pytest.mark.parametrize("firm", ["TOITURES DUVIGNEAU", "Duvigneau Charpentes"])
def test_a_firm_has_the_name_of_its_owner(firm):
    assert parse(f"{firm}\nPatrick Duvigneau\nArtisan couvreur\n06 39 98 05 05").fields["current_company"] == firm


def test_somebody_else_of_the_family_is_no_firm():
    assert "current_company" not in parse("Marie Duvigneau\nPatrick Duvigneau\nArtisan couvreur").fields


def test_a_name_behind_a_label_has_two_last_names_where_people_have_two():
    reading = parse("Nombre y apellidos: Andrés Llorente Vives\nMóvil: +34 611 55 01 23")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Andrés", "Llorente Vives")


def test_a_heading_may_have_a_dash():
    reading = parse("Given Name,Family Name,Organization 1 - Name\nNuria,Balaguer,Balaguer Lab")

    assert reading.fields["current_company"] == "Balaguer Lab"


def test_a_bank_account_is_no_number():
    assert "phones" not in parse("Wim van Oosterhout\nRabobank NL00 RABO 0123 4567 89").fields


def test_the_endings_of_words_say_where_numbers_are_dialled():
    reading = parse("Carmen Iglesias\nFacultad de Ciencias\nTel. 923 55 01 77")

    assert reading.fields["phones"] == [{"phone": "+34923550177"}]


def test_a_place_in_a_heading_says_nothing_of_the_row():
    reading = parse("Nom complet;Poste visé;Tél\nAwa Diallo;Cheffe de projet;06 39 98 47 47")

    assert reading.fields["phones"] == [{"phone": "+33639984747"}]


def test_offices_before_their_numbers_are_no_place_of_the_person():
    reading = parse("Laurent Fitzpatrick\nManaging Director\nLondon +44 20 7946 0711\nSingapore +65 6555 0711")

    assert "location" not in reading.fields


def test_a_laboratory_is_a_part_of_its_university():
    reading = parse("Rachid Bouhired\nMaître de conférences\nLaboratoire LIRIM\nUniversité Sainte-Victoire")

    assert reading.fields["current_company"] == "Université Sainte-Victoire"


def test_what_several_people_are_is_no_firm():
    assert "current_company" not in parse("Notaires associés\nClémentine Arnoux\nClerc de notaire").fields


def test_a_first_name_that_stands_behind_the_owners_mark_is_a_name_where_the_domain_has_the_last_name():
    reading = parse("Elektro Schlüter e.K.\nInh. Bernd Schlüter\ninfo@elektro-schlueter.example")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == ("Bernd", "Schlüter")


def test_a_trade_before_a_domains_words_is_a_part_of_the_firm():
    reading = parse("Valentina Soto\nPsicóloga\nConsultora Andes Talento\nvsoto@andestalento.example")

    assert reading.fields["current_company"] == "Consultora Andes Talento"


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Schwester Maria-Luise Kaltenbach", "Maria-Luise", "Kaltenbach"),
        ("Pfr. i.R. Dr. Eberhard von der Tann", "Eberhard", "von der Tann"),
        ("D.ª Rosa Bellver", "Rosa", "Bellver"),
        ("Esther Koopmans RM RT", "Esther", "Koopmans"),
        ("Serena NG", "Serena", "Ng"),
        ("Lachlan Petrie CA", "Lachlan", "Petrie"),
        ("StD' Claudia Behrendt", "Claudia", "Behrendt"),
    ],
)
def test_ranks_before_a_name_and_letters_behind_it_are_no_part_of_it(line, first, last):
    reading = parse(f"{line}\nManager\n{first.lower()}@example.org")

    assert (reading.fields["first_name"], reading.fields["last_name"]) == (first, last)


@pytest.mark.parametrize(
    ("line", "location"),
    [
        ("1211 Genève 3", "Genève"),
        ("Depot 3, Wakefield Europort, WF10 5QW", "Wakefield"),
        ("Helixion Therapeutics, Boston, MA", "Boston, MA"),
        ("Hamilton, ON", "Hamilton, ON"),
        ("Av. Larco 1200, Miraflores, Lima", "Lima"),
        ("5211 AP 's-Hertogenbosch", "'s-Hertogenbosch"),
        ("Lindenallee 12, 15230 Frankfurt (Oder)", "Frankfurt (Oder)"),
    ],
)
def test_a_town_is_read_without_what_only_its_post_needs(line, location):
    assert parse(f"Ioana Petrescu\nController\nMapleridge Foods Ltd\n{line}").fields["location"] == location


def test_a_number_at_the_office_says_so_only_behind_it():
    assert parse("Office 312-555-0147").fields["phones"] == [{"phone": "+13125550147"}]
    assert parse("312-555-0147 (office)").fields["phones"] == [{"phone": "+13125550147", "type": "work"}]


def test_a_day_is_no_number():
    assert parse("Bestellung 4711-2025\nLieferdatum: 05.11.2025").fields == {}


def test_a_legal_form_with_stops_may_stand_behind_a_word_in_small_letters():
    reading = parse("Tomáš Dvořák\nVedoucí nákupu\nMoravské strojírny a.s.\ndvorak@morstroj.example")

    assert reading.fields["current_company"] == "Moravské strojírny a.s."


def test_a_countrys_own_top_level_counts_behind_a_second_one():
    assert parse("Andrés Felipe Restrepo Uribe\nCoordinador\nafr@cafes.com.co").fields["last_name"] == "Restrepo Uribe"


def test_a_kind_of_house_may_stand_behind_a_hyphen():
    reading = parse("Claudia Behrendt\nSchulleiterin\nGoethe-Gymnasium Altstadt\nc.behrendt@gga.example")

    assert reading.fields["current_company"] == "Goethe-Gymnasium Altstadt"


def test_where_somebody_works_now_ends_before_the_town():
    reading = parse("Name: Tomasz Wrona\nmachinist, currently at Silverstream Tools, Sheffield")

    assert (reading.fields["title"], reading.fields["current_company"]) == ("machinist", "Silverstream Tools")


def test_a_team_is_nobody_and_no_title():
    assert parse("Equipe RH Novabat <rh@novabat.example>").fields == {"emails": [{"email": "rh@novabat.example"}]}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mevr. Joke Zandstra\nCoördinator vrijwilligers\nT: 0513 555 012", "+31513555012"),
        ("D'accord, à lundi.\n06 39 98 18 18\nEnvoyé depuis mon Samsung Galaxy.", "+33639981818"),
    ],
)
def test_the_words_around_it_say_where_a_number_is_dialled(text, number):
    assert parse(text).fields["phones"] == [{"phone": number}]


def test_the_country_of_a_profile_says_how_many_last_names_there_are():
    reading = parse("Catarina Vaz Pinto\nhttps://pt.linkedin.com/in/catarinavazpinto/")

    assert reading.fields["last_name"] == "Vaz Pinto"


def test_a_street_is_no_firm_although_its_point_of_the_compass_is_a_legal_form_elsewhere():
    reading = parse("Lucía Hinojosa\nGerente\nGrupo Cerámico\nAv. Constitución 400 Pte.\nlucia@gcn.example")

    assert reading.fields["current_company"] == "Grupo Cerámico"


@pytest.mark.parametrize(
    ("name", "last"),
    [("Joaquín Ruiz-Giménez Cortés", "Ruiz-Giménez Cortés"), ("Anne Marie-Claire Dupont", "Dupont")],
)
def test_a_hyphen_joins_the_first_of_two_last_names_or_two_first_names(name, last):
    assert parse(f"{name} <info@despacho.example>").fields["last_name"] == last


def test_a_firm_is_read_without_its_town_in_brackets():
    reading = parse("Hugo Le Marrec\nApprenti développeur | Armor Numérique (Vannes)\nhugo@armor-numerique.example")

    assert reading.fields["current_company"] == "Armor Numérique"
