"""From where it was done is on record with what was done, for whom that concerns, and for as long as data is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.account import give_role
from contacts.delivery import gate
from contacts.leonar import errors
from contacts.models import Event, EventOrigin
from contacts.privacy import retention
from tests.sign_in import sign_in
from tests.submissions import queued

pytestmark = pytest.mark.django_db

WHERE = "203.0.113.7"
Kind = Event.Kind


@pytest.fixture
def from_there(admin) -> Client:
    """Ana's browser, at an address that is known."""
    return sign_in(Client(REMOTE_ADDR=WHERE), admin)


def origin_of(kind: str) -> EventOrigin:
    return EventOrigin.objects.get(event__kind=kind)


def test_each_thing_on_record_says_from_where_and_in_which_request(from_there, recruiter):
    begun = from_there.get(reverse("export"))
    begun.getvalue()
    from_there.post(reverse("end_sessions", args=[recruiter.pk]))
    from_there.post(reverse("new_link", args=[recruiter.pk]))
    from_there.post(reverse("login"), {"username": "sophie", "password": "wrong"})
    told = {event.kind: event.origin for event in Event.objects.filter(origin__isnull=False)}

    assert {Kind.EXPORT_BEGUN, Kind.EXPORTED, Kind.INVITED} <= set(told)
    assert {origin.address for origin in told.values()} == {WHERE}
    assert told[Kind.EXPORT_BEGUN].request == told[Kind.EXPORTED].request == begun["X-Request-Id"]


@pytest.mark.parametrize("kind", ["sign_in_failed", "signed_in"])
def test_so_does_signing_in(kind, recruiter):
    password = "wrong" if kind == "sign_in_failed" else "sophie of the portal"

    answer = Client(REMOTE_ADDR=WHERE).post(reverse("login"), {"username": "sophie", "password": password})

    assert (origin_of(kind).address, origin_of(kind).request) == (WHERE, answer["X-Request-Id"])


def test_so_does_a_page_that_was_denied(recruiter):
    sign_in(Client(REMOTE_ADDR=WHERE), recruiter).post(reverse("reopen_gate"))

    assert origin_of("denied").address == WHERE


def test_where_people_sit_at_their_daily_work_is_written_nowhere(admin, from_there, recruiter):
    from_there.get(queued(recruiter).get_absolute_url())

    assert Event.objects.filter(kind="viewed").exists()
    assert not EventOrigin.objects.filter(event__kind="viewed").exists()


def test_what_no_request_asked_for_comes_from_nowhere(recruiter):
    give_role(recruiter, None)

    assert not EventOrigin.objects.exists()


def test_admins_read_it_on_the_page_and_in_the_file(from_there):
    from_there.post(reverse("login"), {"username": "ana", "password": "wrong"})
    Client(REMOTE_ADDR=WHERE).post(reverse("login"), {"username": "ana", "password": "wrong"})

    page = from_there.get(reverse("events"), {"group": "sign_in"})
    file = from_there.get(reverse("events_csv"), {"group": "sign_in"}).getvalue().decode("utf-8-sig")

    assert WHERE in page.text
    assert f'"{WHERE}","{origin_of("sign_in_failed").request}"' in file


def test_retention_erases_the_address_and_leaves_the_event(settings, recruiter):
    settings.RETENTION_DAYS = 90
    ages = {"old": 91, "young": 89}
    for name, days in ages.items():
        at = timezone.now() - timedelta(days=days)
        event = Event.objects.create(at=at, kind=Kind.SIGNED_IN, actor=recruiter, account=recruiter)
        EventOrigin.objects.create(event=event, address=WHERE, request=name)

    retention.clear_origins()

    assert list(EventOrigin.objects.values_list("request", flat=True)) == ["young"]
    assert Event.objects.filter(kind=Kind.SIGNED_IN).count() == 2


def test_without_a_term_addresses_are_kept(settings, recruiter):
    settings.RETENTION_DAYS = 0
    event = Event.objects.create(at=timezone.now() - timedelta(days=9000), kind=Kind.SIGNED_IN, actor=recruiter)
    EventOrigin.objects.create(event=event, address=WHERE, request="old")

    assert not retention.clear_origins()
    assert EventOrigin.objects.exists()


class TestTheGate:
    def closed(self) -> None:
        held, now = gate.hold(), timezone.now()
        gate.note_send(held, errors.KeyRefused("no", code="invalid_api_key"), started_at=now, now=now)

    def test_is_on_record_when_it_closes_once_and_says_why(self, caplog):
        caplog.set_level("INFO", logger="contacts")

        self.closed()
        self.closed()

        [event] = Event.objects.filter(kind=Kind.GATE_CLOSED)
        assert event.details == {"reason": "key_refused"}
        assert "gate_closed account=- submission=- reason=key_refused" in caplog.messages

    def test_is_on_record_when_an_admin_opens_it(self, admin, from_there):
        self.closed()

        from_there.post(reverse("reopen_gate"))

        [event] = Event.objects.filter(kind__in=(Kind.REOPENED, Kind.GATE_OPENED))
        assert (event.kind, event.actor, event.origin.address) == (Kind.REOPENED, admin, WHERE)

    def test_is_on_record_when_it_opens_by_itself(self):
        held, now = gate.hold(), timezone.now()
        for _ in range(2):
            gate.note_send(held, errors.Unreachable("refused"), started_at=now, now=now)
        gate.note_send(gate.hold(), errors.NotAccepted(None, "no"), started_at=timezone.now(), now=timezone.now())

        kinds = Event.objects.filter(kind__startswith="gate").order_by("pk").values_list("kind", "details__reason")
        assert list(kinds) == [(Kind.GATE_CLOSED, "unreachable"), (Kind.GATE_OPENED, "unreachable")]
