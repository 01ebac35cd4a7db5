"""The strip above every page says why nothing is sent, until when, and who acts."""

from datetime import timedelta

from contacts.delivery.gate import Standing
from contacts.models import Reason
from contacts.wording.gate_notice import gate_notice
from tests.wording.conftest import NOW

OPEN = Standing("", None)
SOON = NOW + timedelta(minutes=5)


def test_an_open_gate_says_nothing():
    assert gate_notice(OPEN, NOW) == ""


def test_the_hourly_limit_has_an_end():
    said = gate_notice(Standing(Reason.RATE_LIMITED, SOON), NOW)

    assert said == "Waiting for Leonar's hourly limit until 14:05. Everything is saved and sent automatically then."


def test_leonar_away_is_tried_again():
    said = gate_notice(Standing(Reason.UNREACHABLE, SOON), NOW)

    assert said == ("Leonar can't be reached right now. Everything is saved and sent automatically; next try at 14:05.")


def test_a_refused_key_waits_for_an_admin():
    said = gate_notice(Standing(Reason.KEY_REFUSED, None, "HTTP 401"), NOW)

    assert "The key is missing or wrong." in said
    assert "An admin has to fix it" in said


def test_an_untrusted_connection_is_an_admins_too_although_it_is_tried_again():
    said = gate_notice(Standing(Reason.UNTRUSTED, SOON), NOW)

    assert "An admin has to fix it" in said
    assert "next try at 14:05" in said


def test_it_says_since_when():
    said = gate_notice(Standing(Reason.UNREACHABLE, SOON, since=NOW - timedelta(hours=1)), NOW)

    assert "Nothing has been sent since 13:00." in said
