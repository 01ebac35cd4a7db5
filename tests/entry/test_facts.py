"""How a contact was entered: small numbers or nothing."""

import json

import pytest
from django.urls import reverse

from contacts.entry import facts
from contacts.history import figures
from contacts.models import DayFigures, Submission
from tests.entry_form import typed_form

READ = {"read_signature": 4, "corrected_signature": 1, "read_vcard": 2}
TOLD = {"seconds": 40, "keys": 120, "pastes": 1, "hints": 2, "heeded": 1, "twins": 0, "presses": 1}


def test_what_makes_sense_is_taken():
    assert facts.read(json.dumps(TOLD)) == TOLD


@pytest.mark.parametrize(
    "text",
    [
        *("", "junk", "[]", "{}", "null", "1", "[" * 300, '{"seconds": 1' + " " * 800 + "}"),
        *('{"seconds": -1}', '{"seconds": 1.5}', '{"seconds": true}', '{"seconds": "1"}', '{"seconds": 1e9}'),
        *(
            '{"read_": 1}',
            '{"read_tarot": 1}',
            '{"corrected_vcard": -1}',
            '{"seconds": 90000}',
            '{"name": 1}',
            '{"seconds": NaN}',
            '{"keys": 99999999999999999999}',
        ),
    ],
)
def test_anything_else_is_as_if_nothing_was_told(text):
    assert facts.read(text) is None


@pytest.mark.django_db
class TestTheForm:
    def test_the_facts_lie_beside_the_submission_and_are_counted(self, signed_in, sandbox):
        signed_in.post(reverse("entry"), typed_form() | {"facts": json.dumps(TOLD)})

        stored = Submission.objects.get()
        assert stored.facts == TOLD
        assert "facts" not in stored.typed
        figures.roll_up()
        counted = figures.Figures.from_json(DayFigures.objects.get().figures)
        assert figures.within(counted.entering, 0.5) == pytest.approx(40, rel=0.1)
        assert figures.within(counted.keys, 0.5) == pytest.approx(120, rel=0.1)
        assert (counted.hints, counted.hints_heeded, counted.twins) == (2, 1, 0)

    def test_which_readers_values_were_corrected_is_told_by_the_insights(self, signed_in, sandbox):
        signed_in.post(reverse("entry"), typed_form() | {"facts": json.dumps(TOLD | READ)})
        signed_in.post(reverse("entry"), typed_form() | {"facts": json.dumps(TOLD)})
        figures.roll_up()

        page = signed_in.get(reverse("insights"))

        assert page.context["readers"] == [("Signatures", 4, 1, "25\u00a0%"), ("vCards", 2, 0, "0\u00a0%")]
        assert "Read from what was pasted" in page.text

    def test_odd_ones_keep_nothing_from_being_sent(self, signed_in, sandbox):
        signed_in.post(reverse("entry"), typed_form() | {"facts": '{"seconds": "much"}'})

        assert Submission.objects.get().facts is None

    def test_a_form_that_comes_back_goes_on_counting(self, signed_in):
        page = signed_in.post(reverse("entry"), typed_form(first_name="") | {"facts": json.dumps(TOLD)})

        assert page.status_code == 422
        assert page.context["entry"].facts == TOLD
        assert "&quot;keys&quot;: 120" in page.text
