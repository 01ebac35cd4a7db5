"""A key or an address that is refused closes the gate until a person acts; a changed one finds it open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.delivery import gate
from contacts.leonar import errors
from contacts.leonar.answers import Answer, RateLimit
from contacts.models import Gate
from tests.gate import NOON, answer, created, note_send, take_send

pytestmark = pytest.mark.django_db


class TestTheKeyAndTheAddress:
    def test_a_changed_key_finds_it_open(self, settings):
        note_send(errors.KeyRefused("HTTP 401"))
        refused = gate.standing()

        settings.LEONAR_API_KEY = "leo_another_key"

        assert refused.waits_for_person
        assert gate.standing().is_open
        assert take_send()
        assert Gate.objects.count() == 1

    def test_the_key_itself_is_never_stored(self, settings):
        settings.LEONAR_API_KEY = "leo_very_private"

        note_send(errors.KeyRefused("HTTP 401"))

        assert "very_private" not in str(Gate.objects.values().get())

    @pytest.mark.parametrize("refusal", [errors.KeyRefused, errors.AddressWrong])
    def test_refused_it_waits_for_a_person(self, clock, refusal):
        note_send(refusal("HTTP 4xx"))

        clock.shift(timedelta(days=30))

        assert not take_send()
        assert (gate.standing().waits_for_person, gate.standing().since) == (True, NOON)

    def test_an_admin_reopens_it_once(self, clock, admin):
        note_send(errors.KeyRefused("HTTP 401"))

        first, second = gate.reopen(by=admin), gate.reopen(by=admin)

        assert (first, second) == (True, False)
        assert take_send()

    def test_a_success_that_was_under_way_does_not_reopen_it(self, clock):
        note_send(errors.KeyRefused("HTTP 401"))

        note_send(created())

        assert gate.standing().waits_for_person

    def test_a_refused_contact_says_nothing_against_sending_others(self, clock):
        note_send(errors.Invalid(field="email", message="Invalid email format", detail="HTTP 400"))

        assert gate.standing().is_open


class TestAnAnswerAsFromAWrongAddress:
    ODD = errors.AddressWrong("HTTP 404", answer=Answer(404, "text/html", "<h1>Not found</h1>", RateLimit(), 0.1))

    def test_it_is_about_the_address_until_a_contact_has_been_created(self):
        assert gate.judged(gate.hold(), self.ODD) is self.ODD

    def test_then_it_is_about_the_submission_and_says_what_was_said(self):
        note_send(created())

        judged = gate.judged(gate.hold(), self.ODD)

        assert isinstance(judged, errors.NotAccepted)
        assert judged.message == "HTTP 404: Not found"

    def test_leonars_own_words_are_taken_from_its_error(self):
        said = '{"error": {"code": "not_found", "message": "company_id: No such company"}}'
        note_send(created())

        judged = gate.judged(
            gate.hold(), errors.AddressWrong("HTTP 404", answer=Answer(404, "application/json", said, RateLimit(), 0.1))
        )

        assert judged.message == "HTTP 404: company_id: No such company"

    def test_where_nothing_was_said_its_number_says_it_all(self):
        note_send(created())

        judged = gate.judged(gate.hold(), errors.AddressWrong("HTTP 404", answer=answer(404)))

        assert judged.message == "HTTP 404"

    def test_three_in_a_row_are_about_the_address_after_all(self):
        note_send(created())
        held = gate.hold()

        judged = [gate.judged(held, self.ODD) for _ in range(3)]

        assert [isinstance(one, errors.AddressWrong) for one in judged] == [False, False, True]

    @pytest.mark.parametrize("code", ["", "invalid_api_key"])
    def test_about_the_key_it_counts_as_leonars_own_by_its_code_alone(self, code):
        note_send(created())
        said = errors.KeyRefused(
            "HTTP 401", code=code, answer=Answer(401, "text/html", "<p>Sign in</p>", RateLimit(), 0.1)
        )

        judged = gate.judged(gate.hold(), said)

        assert isinstance(judged, errors.KeyRefused if code else errors.NotAccepted)

    def test_a_contact_created_in_between_begins_the_count_again(self):
        for _ in range(4):
            note_send(created())
            note_send(gate.judged(gate.hold(), self.ODD))

        assert gate.standing().is_open

    def test_after_a_reopening_the_count_begins_again(self, admin):
        note_send(created())
        held = gate.hold()
        for _ in range(3):
            note = gate.judged(held, self.ODD)
            gate.note_send(held, note, started_at=timezone.now(), now=timezone.now())
        closed = gate.standing()

        gate.reopen(by=admin)

        assert closed.waits_for_person
        assert isinstance(gate.judged(gate.hold(), self.ODD), errors.NotAccepted)

    def test_before_anything_was_created_a_reopening_makes_it_no_less_about_the_address(self, admin):
        note_send(self.ODD)

        gate.reopen(by=admin)

        assert gate.judged(gate.hold(), self.ODD) is self.ODD
