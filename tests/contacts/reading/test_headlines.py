"""Headings of profiles' pages, as searches and tabs show them."""

import pytest

from contacts.reading import parse


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        (
            "Joris Meeuwsen - Senior Accountant - Baker Polder | LinkedIn",
            {"title": "Senior Accountant", "current_company": "Baker Polder"},
        ),
        ("(3) Joris Meeuwsen – Baker Polder | LinkedIn", {"current_company": "Baker Polder"}),
        ("Joris Meeuwsen - Senior Accountant | LinkedIn", {"title": "Senior Accountant"}),
        ("Joris Meeuwsen | LinkedIn", {}),
    ],
)
def test_a_heading_has_name_title_and_company(heading, fields):
    assert parse(heading).fields == {"first_name": "Joris", "last_name": "Meeuwsen"} | fields


def test_a_firms_page_names_nobody():
    assert "first_name" not in parse("Senior Accountant jobs - Baker Polder | LinkedIn").fields
