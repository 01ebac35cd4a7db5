"""The log: a line of text or of JSON each, and what belongs to one request can be told."""

import json
import logging
import sys

import pytest
from django.urls import reverse

from contacts.models import Event
from leonar_portal.logs import JSONFormatter, LineFormatter, WithoutPaths
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db


class Kept(logging.Handler):
    """Lines as a formatter writes them."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(params=[LineFormatter, JSONFormatter])
def log(request):
    """All that is logged, in each of the two formats."""
    kept = Kept(request.param())
    for name in ("accounts", "contacts", "django"):
        logging.getLogger(name).addHandler(kept)
        logging.getLogger(name).setLevel(logging.INFO)
    yield kept
    for name in ("accounts", "contacts", "django"):
        logging.getLogger(name).removeHandler(kept)


@pytest.fixture
def objects():
    """What is logged as JSON, read again."""
    kept = Kept(JSONFormatter())
    logging.getLogger("accounts").addHandler(kept)
    logging.getLogger("contacts").addHandler(kept)
    logging.getLogger("accounts").setLevel(logging.INFO)
    logging.getLogger("contacts").setLevel(logging.INFO)
    yield lambda what: [one for one in map(json.loads, kept.lines) if one.get("what") == what]
    logging.getLogger("accounts").removeHandler(kept)
    logging.getLogger("contacts").removeHandler(kept)


def test_each_answer_names_its_request_and_no_two_alike(client):
    ids = {client.get("/healthz")["X-Request-Id"] for _ in range(3)}

    assert len(ids) == 3


def test_a_failed_sign_in_says_who_from_where_and_in_which_request(client, recruiter, objects):
    answer = client.post(reverse("login"), {"username": "sophie", "password": "wrong"}, REMOTE_ADDR="203.0.113.7")

    [line] = objects("sign_in_failed")
    assert (line["account"], line["address"], line["request"]) == (recruiter.pk, "203.0.113.7", answer["X-Request-Id"])


def test_a_page_that_was_denied_is_on_record_in_the_log_and_as_an_event(signed_in, recruiter, objects):
    signed_in.post(reverse("reopen_gate"))

    [line] = objects("denied")
    assert (line["account"], line["page"]) == (recruiter.pk, "reopen_gate")
    assert Event.objects.filter(kind="denied", actor=recruiter).count() == 1


def test_so_is_the_gate(admin_signed_in, admin, objects):
    admin_signed_in.post(reverse("reopen_gate"))

    assert [line["account"] for line in objects("reopened")] == [admin.pk] * Event.objects.filter(
        kind="reopened"
    ).count()


@pytest.mark.parametrize("what", ["export_begun", "exported"])
def test_so_is_an_export_from_its_beginning_to_its_end(what, admin_signed_in, admin, objects):
    answer = admin_signed_in.get(reverse("export"), REMOTE_ADDR="203.0.113.7")
    answer.getvalue()

    [line] = objects(what)
    assert (line["account"], line["address"], line["request"]) == (admin.pk, "203.0.113.7", answer["X-Request-Id"])


def test_so_is_an_export_of_the_record_itself(admin_signed_in, admin, objects):
    admin_signed_in.get(reverse("events_csv")).getvalue()

    [line] = objects("export_begun")
    assert (line["account"], line["of"]) == (admin.pk, "events")


def test_nothing_of_a_contact_is_in_any_line(signed_in, log, sandbox):
    canary = {"first_name": "Kanarienvogel", "title": "Kanarienfach", "emails-0-email": "kanari@vogel.example"}
    answer = signed_in.post(reverse("entry"), typed_form(**canary))
    page = signed_in.get(answer.url)
    signed_in.get(reverse("export")).getvalue()
    signed_in.post(reverse("history"), {"q": "Kanarienvogel"}, follow=True)
    signed_in.get("/nowhere/")
    signed_in.post(reverse("entry"), typed_form(**canary, form_token="x"))

    assert "Kanarienvogel" in page.text
    assert log.lines
    assert not any("kanari" in line.lower() for line in log.lines)


def test_a_line_break_in_what_is_logged_begins_no_line_of_its_own():
    record = logging.LogRecord("accounts", logging.INFO, "", 0, "one\ntwo", (), None)

    assert "\n" not in JSONFormatter().format(record)


@pytest.mark.parametrize("formatter", [LineFormatter, JSONFormatter])
def test_when_it_happened_is_told_in_utc_whatever_the_portals_time_zone(formatter, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    record = logging.LogRecord("accounts", logging.INFO, "", 0, "signed_in", (), None)
    record.created, record.msecs = 1_800_000_000.25, 250.0

    assert "2027-01-15T08:00:00.250+00:00" in formatter().format(record)


def test_a_mistake_brings_its_stack():
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        record = logging.LogRecord("django", logging.ERROR, "", 0, "failed", (), sys.exc_info())

    assert "ZeroDivisionError" in json.loads(JSONFormatter().format(record))["exception"]


@pytest.mark.parametrize("formatter", [LineFormatter, JSONFormatter])
def test_a_mistake_s_own_words_stay_out(formatter):
    typed = "".join(("Kanarien", "vogel"))
    try:
        try:
            int(typed)
        except ValueError as error:
            raise LookupError(typed) from error
    except LookupError:
        record = logging.LogRecord("django", logging.ERROR, "", 0, "failed", (), sys.exc_info())

    said = formatter().format(record)

    assert "LookupError" in said
    assert "ValueError" in said
    assert "test_logs.py" in said
    assert "Kanarienvogel" not in said


def test_an_address_is_named_as_the_portal_knows_it(client):
    request = client.get("/nowhere/Kanarienvogel").wsgi_request
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (request.path,), None)
    record.request = request

    assert WithoutPaths().filter(record)

    assert record.getMessage() == "Not Found: /-"
